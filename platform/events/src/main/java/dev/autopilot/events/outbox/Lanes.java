package dev.autopilot.events.outbox;

import dev.autopilot.events.kafka.Backoff;
import java.time.Duration;
import java.util.Arrays;

/**
 * Which lanes want a pass, and when. Workers take a lane, one each; a wake while it is taken counts
 * for afterwards, and a lane that failed is left alone until its time, whoever wakes it.
 */
final class Lanes {
  /** Fixed: while replicas disagreed, a key could be in two lanes and lose its order. */
  static final int COUNT = 16;

  /** A job beside the lanes: see which lanes have rows that nobody here was told of. */
  static final int SWEEP = COUNT;

  private static final long NEVER = Long.MAX_VALUE;

  private final long start = System.nanoTime();
  private final long[] due = new long[COUNT + 1];
  private final long[] heldUntil = new long[COUNT + 1];
  private final boolean[] taken = new boolean[COUNT + 1];
  private final int[] failures = new int[COUNT + 1];
  private boolean closed;

  Lanes() {
    Arrays.fill(due, NEVER);
    due[SWEEP] = 0;
  }

  static int of(String key) {
    int hash = key.hashCode();
    return (hash ^ (hash >>> 16)) & (COUNT - 1);
  }

  synchronized void wake(int lane) {
    due[lane] = Math.min(due[lane], now());
    notifyAll();
  }

  /** The next job that is due; waits for it. Negative once closed. */
  synchronized int take() throws InterruptedException {
    while (!closed) {
      int next = earliest();
      long wait = next < 0 ? NEVER : dueAt(next) - now();
      if (wait <= 0) {
        due[next] = NEVER;
        taken[next] = true;
        return next;
      }
      // A millisecond more than due is late enough; waiting for zero would be for ever.
      wait(wait == NEVER ? 0 : Duration.ofNanos(wait).toMillis() + 1);
    }
    return -1;
  }

  synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** Done for now. */
  synchronized void finished(int lane) {
    taken[lane] = false;
    notifyAll();
  }

  /** Done for now, and again after that time at the latest. */
  synchronized void again(int lane, Duration delay) {
    due[lane] = Math.min(due[lane], now() + delay.toNanos());
    finished(lane);
  }

  /** Failed: again after a time that grows with each failure, and not before. */
  synchronized void failed(int lane, Backoff backoff) {
    due[lane] = 0;
    heldUntil[lane] = now() + backoff.after(++failures[lane]).toNanos();
    finished(lane);
  }

  /**
   * Succeeded. If it had failed before, what made it fail is over, and those that wait for the same
   * reason need not wait longer.
   *
   * @return whether this was the last one that failed
   */
  synchronized boolean recovered(int lane) {
    if (failures[lane] == 0) {
      return false;
    }
    failures[lane] = 0;
    Arrays.fill(heldUntil, 0);
    notifyAll();
    return Arrays.stream(failures).allMatch(count -> count == 0);
  }

  private int earliest() {
    int earliest = -1;
    for (int lane = 0; lane < due.length; lane++) {
      if (!taken[lane] && due[lane] != NEVER && (earliest < 0 || dueAt(lane) < dueAt(earliest))) {
        earliest = lane;
      }
    }
    return earliest;
  }

  private long dueAt(int lane) {
    return Math.max(due[lane], heldUntil[lane]);
  }

  private long now() {
    return System.nanoTime() - start;
  }
}
