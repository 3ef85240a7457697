package dev.autopilot.gateway.upstream;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A circuit breaker: after some failures in a row a replica is left alone, then one request at a
 * time tries whether it is back. Each try that fails doubles the wait. Lock-free; times are {@link
 * System#nanoTime()}.
 */
final class Breaker {
  private static final long CLOSED = Long.MIN_VALUE;

  private final int failuresToOpen;
  private final long firstWait;
  private final long longestWait;
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicLong triesAt = new AtomicLong(CLOSED);

  Breaker(int failuresToOpen, long firstWait, long longestWait) {
    this.failuresToOpen = failuresToOpen;
    this.firstWait = firstWait;
    this.longestWait = longestWait;
  }

  boolean isClosed() {
    return triesAt.get() == CLOSED;
  }

  /** Whether a request may go there; of several that ask when the wait is over, one may. */
  boolean admits(long now) {
    long at = triesAt.get();
    return at == CLOSED || (now - at >= 0 && triesAt.compareAndSet(at, now + wait(failures.get())));
  }

  void succeeded() {
    if (failures.get() != 0) {
      failures.set(0);
      triesAt.set(CLOSED);
    }
  }

  void failed(long now) {
    int inARow = failures.incrementAndGet();
    if (inARow >= failuresToOpen) {
      triesAt.set(now + wait(inARow));
    }
  }

  private long wait(int inARow) {
    int doublings = Math.clamp(inARow - failuresToOpen, 0, 16);
    return Math.min(longestWait, firstWait << doublings);
  }
}
