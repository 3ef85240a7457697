package dev.autopilot.e2e.bench;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * Calls that come at a steady rate whether or not those before them have been answered, as people
 * do. Each is timed from when it was due, not from when there was time to send it: a server that
 * pauses is charged with everybody who came meanwhile.
 */
final class OpenLoop {
  private OpenLoop() {}

  /**
   * @param failed how many calls threw; they are timed too
   */
  record Outcome(Figures latency, int failed) {}

  /**
   * @param call gets the number of the call, from 0
   */
  static Outcome run(int perSecond, Duration length, IntConsumer call) throws InterruptedException {
    int calls = Math.toIntExact(perSecond * length.toSeconds());
    long gap = TimeUnit.SECONDS.toNanos(1) / perSecond;
    double[] milliseconds = new double[calls];
    AtomicInteger failed = new AtomicInteger();
    CountDownLatch answered = new CountDownLatch(calls);
    long start = System.nanoTime();
    for (int i = 0; i < calls; i++) {
      int number = i;
      long due = start + i * gap;
      for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
        LockSupport.parkNanos(early);
      }
      Thread.ofVirtual()
          .start(() -> {
            try {
              call.accept(number);
            } catch (RuntimeException failure) {
              failed.incrementAndGet();
            } finally {
              milliseconds[number] = (System.nanoTime() - due) / 1e6;
              answered.countDown();
            }
          });
    }
    answered.await();
    return new Outcome(new Figures(milliseconds), failed.get());
  }
}
