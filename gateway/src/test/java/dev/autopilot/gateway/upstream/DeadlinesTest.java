package dev.autopilot.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
  private final Deadlines deadlines = new Deadlines();
  private final List<String> expired = new ArrayList<>();

  @Test
  void whatIsLateIsToldOnce() {
    watch("a", 10);
    watch("b", 20);
    watch("c", 10);
    deadlines.sweep(9);
    assertThat(expired).isEmpty();
    deadlines.sweep(10);
    deadlines.sweep(10);
    assertThat(expired).containsExactlyInAnyOrder("a", "c");
    assertThat(deadlines.size()).isOne();
  }

  @Test
  void aDeadlineMayMove() {
    Deadlines.Watched stream = watch("stream", 10);
    stream.extendTo(30);
    deadlines.sweep(20);
    assertThat(expired).isEmpty();
    deadlines.sweep(30);
    assertThat(expired).containsExactly("stream");
  }

  @Test
  void whatIsForgottenIsNeverTold() {
    Deadlines.Watched a = watch("a", 10);
    watch("b", 10);
    deadlines.forget(a);
    deadlines.forget(a);
    deadlines.sweep(10);
    assertThat(expired).containsExactly("b");
  }

  @Test
  void oneThatExpiresMayTakeOthersWithIt() {
    List<Deadlines.Watched> others = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      others.add(watch("other", 10));
    }
    deadlines.watch(
        new Deadlines.Watched() {
          @Override
          void expired() {
            others.forEach(deadlines::forget);
          }
        },
        10);
    deadlines.sweep(10);
    assertThat(expired).isEmpty();
    assertThat(deadlines.size()).isZero();
  }

  private Deadlines.Watched watch(String name, long deadline) {
    Deadlines.Watched one =
        new Deadlines.Watched() {
          @Override
          void expired() {
            expired.add(name);
          }
        };
    deadlines.watch(one, deadline);
    return one;
  }
}
