package dev.autopilot.events.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.events.kafka.Backoff;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LanesTest {
  private static final Duration LONG = Duration.ofHours(1);

  private final Lanes lanes = new Lanes();

  @Test
  void keysSpreadOverAllLanes() {
    assertThat(IntStream.range(0, 1000).map(n -> Lanes.of("key" + n)).distinct().count())
        .isEqualTo(Lanes.COUNT);
  }

  @Test
  void theFirstJobIsToLookForWhatOthersLeft() throws InterruptedException {
    assertThat(lanes.take()).isEqualTo(Lanes.SWEEP);
  }

  @Test
  void aWakeWhileALaneIsTakenCountsForAfterwards() throws InterruptedException {
    lanes.take();
    lanes.wake(3);
    assertThat(lanes.take()).isEqualTo(3);

    lanes.wake(3);
    lanes.wake(5);
    assertThat(lanes.take()).isEqualTo(5);
    lanes.finished(3);

    assertThat(lanes.take()).isEqualTo(3);
  }

  @Test
  void aLaneThatFailedIsLeftAloneHoweverOftenItIsWoken() throws InterruptedException {
    lanes.take();
    lanes.wake(3);
    lanes.failed(lanes.take(), new Backoff(LONG, LONG));
    lanes.wake(3);
    lanes.wake(5);

    assertThat(lanes.take()).isEqualTo(5);
  }

  @Test
  void whenOneRecoversTheOthersTryAtOnce() throws InterruptedException {
    lanes.take();
    lanes.wake(3);
    lanes.failed(lanes.take(), new Backoff(LONG, LONG));
    lanes.wake(5);
    lanes.failed(lanes.take(), new Backoff(Duration.ZERO, Duration.ZERO));

    assertThat(lanes.take()).isEqualTo(5);
    assertThat(lanes.recovered(5)).isFalse();
    assertThat(lanes.take()).isEqualTo(3);
    assertThat(lanes.recovered(3)).isTrue();
  }
}
