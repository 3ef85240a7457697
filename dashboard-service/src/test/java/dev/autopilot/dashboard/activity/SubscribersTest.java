package dev.autopilot.dashboard.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autopilot.kernel.Ids;
import dev.autopilot.kernel.problem.ProblemException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SubscribersTest {
  private static final Duration NOT_LONG = Duration.ofMillis(1);

  private final UUID ann = Ids.next();
  private final UUID bob = Ids.next();

  @Test
  void onlyThoseConcernedAreWoken() throws Exception {
    Subscribers subscribers = new Subscribers(10);
    Subscribers.Subscription anns = subscribers.join(ann);
    Subscribers.Subscription bobs = subscribers.join(bob);

    subscribers.tell(Set.of(ann, Ids.next()));

    assertThat(anns.await(NOT_LONG)).isTrue();
    assertThat(anns.await(NOT_LONG)).as("once is enough").isFalse();
    assertThat(bobs.await(NOT_LONG)).isFalse();
  }

  @Test
  void whoLeavesMakesRoom() {
    Subscribers subscribers = new Subscribers(1);
    Subscribers.Subscription anns = subscribers.join(ann);
    assertThatThrownBy(() -> subscribers.join(bob))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ActivityError.TOO_MANY_STREAMS));

    anns.close();
    anns.close();

    assertThat(subscribers.any()).isFalse();
    subscribers.join(bob);
    assertThatThrownBy(() -> subscribers.join(ann)).as("closing twice frees once").isNotNull();
  }

  @Test
  void stoppingEndsEveryStreamAndBeginsNone() throws Exception {
    Subscribers subscribers = new Subscribers(10);
    Subscribers.Subscription anns = subscribers.join(ann);
    assertThat(anns.isOver()).isFalse();

    subscribers.close();

    assertThat(anns.await(NOT_LONG)).isTrue();
    assertThat(anns.isOver()).isTrue();
    assertThatThrownBy(() -> subscribers.join(bob)).isInstanceOf(ProblemException.class);
  }
}
