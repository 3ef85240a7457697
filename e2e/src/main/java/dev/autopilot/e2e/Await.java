package dev.autopilot.e2e;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Asks again until the answer is the awaited one, for what arrives by event. */
public final class Await {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private Await() {}

  public static <T> T until(
      String what, Duration patience, Supplier<T> question, Predicate<T> awaited) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      T answer = question.get();
      if (awaited.test(answer)) {
        return answer;
      }
      if (System.nanoTime() > deadline) {
        throw new UnexpectedAnswer(
            "Waited %d s for %s; at last: %s".formatted(patience.toSeconds(), what, answer));
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
