package dev.autopilot.events.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.events.kafka.Backoff;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LanesTest {
  private static final Duration LONG = Duration.ofHours(1);

  private final Lanes lanes = new Lanes(2);

  @Test
  void keysSpreadOverAllLanes() {
    assertThat(IntStream.range(0, 1000).map(n -> Lanes.of("key" + n)).distinct().count())
        .isEqualTo(Lanes.COUNT);
  }

  @Test
  void theFirstJobIsToLookForWhatOthersLeft() throws InterruptedException {
    assertThat(lanes.take()).containsExactly(Lanes.SWEEP);
  }

  @Test
  void whatIsDueIsTakenTogether() throws InterruptedException {
    lanes.take();
    wake(3, 5, 11);

    assertThat(lanes.take()).containsExactlyInAnyOrder(3, 5, 11);
  }

  @Test
  void aWorkerLeavesTheOthersTheirPart() throws InterruptedException {
    lanes.take();
    IntStream.range(0, Lanes.COUNT).forEach(lanes::wake);

    List<Integer> one = lanes.take();
    List<Integer> other = lanes.take();

    assertThat(one).hasSize(Lanes.COUNT / 2).doesNotContainAnyElementsOf(other);
    assertThat(other).hasSize(Lanes.COUNT / 2);
  }

  @Test
  void aLaneThatIsAlwaysDueKeepsNoOtherWaiting() throws InterruptedException {
    lanes.take();
    IntStream.range(0, Lanes.COUNT).forEach(lanes::wake);

    List<Integer> first = lanes.take();
    first.forEach(lane -> lanes.again(lane, Duration.ZERO));

    assertThat(lanes.take()).doesNotContainAnyElementsOf(first);
  }

  @Test
  void aWakeWhileALaneIsTakenCountsForAfterwards() throws InterruptedException {
    lanes.take();
    wake(3);
    assertThat(lanes.take()).containsExactly(3);

    wake(3, 5);
    assertThat(lanes.take()).containsExactly(5);
    lanes.finished(3);

    assertThat(lanes.take()).containsExactly(3);
  }

  @Test
  void aLaneThatFailedIsLeftAloneHoweverOftenItIsWoken() throws InterruptedException {
    lanes.take();
    wake(3);
    fail(LONG);
    wake(3, 5);

    assertThat(lanes.take()).containsExactly(5);
  }

  @Test
  void aLaneThatFailedIsTriedAloneSoThatOthersDontFailWithIt() throws InterruptedException {
    lanes.take();
    wake(3, 5);
    fail(Duration.ZERO);
    wake(7);

    List<List<Integer>> taken = List.of(lanes.take(), lanes.take(), lanes.take());

    assertThat(taken).containsExactlyInAnyOrder(List.of(3), List.of(5), List.of(7));
  }

  @Test
  void whenOneRecoversTheOthersTryAtOnce() throws InterruptedException {
    lanes.take();
    wake(3);
    fail(LONG);
    wake(5);
    fail(Duration.ZERO);

    assertThat(lanes.take()).containsExactly(5);
    assertThat(lanes.recovered(5)).isFalse();
    assertThat(lanes.take()).containsExactly(3);
    assertThat(lanes.recovered(3)).isTrue();
  }

  private void wake(int... numbers) {
    IntStream.of(numbers).forEach(lanes::wake);
  }

  private void fail(Duration untilTheNextTry) throws InterruptedException {
    Backoff backoff = new Backoff(untilTheNextTry, untilTheNextTry);
    lanes.take().forEach(lane -> lanes.failed(lane, backoff));
  }
}
