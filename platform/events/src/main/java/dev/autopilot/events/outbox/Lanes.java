package dev.autopilot.events.outbox;

import dev.autopilot.events.kafka.Backoff;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which lanes want a pass, and when. A worker takes those that are due, leaving some to the others;
 * a wake while a lane is taken counts for afterwards, and one that failed is left alone until its
 * time, whoever wakes it, and then taken alone, so that it can't make others fail with it.
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
  private final int atOnce;
  private boolean closed;

  /** For so many workers: each takes its part of what is due, at most. */
  Lanes(int workers) {
    this.atOnce = Math.ceilDiv(COUNT, workers);
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

  /** What is due: lanes, or the sweep alone. Waits for it; nothing once closed. */
  synchronized List<Integer> take() throws InterruptedException {
    while (!closed) {
      int next = earliest();
      long wait = next < 0 ? NEVER : dueAt(next) - now();
      if (wait <= 0) {
        return isTakenAlone(next) ? take(List.of(next)) : take(allDue());
      }
      // A millisecond more than due is late enough; waiting for zero would be for ever.
      wait(wait == NEVER ? 0 : Duration.ofNanos(wait).toMillis() + 1);
    }
    return List.of();
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

  private List<Integer> take(List<Integer> jobs) {
    for (int job : jobs) {
      due[job] = NEVER;
      taken[job] = true;
    }
    return jobs;
  }

  /** Those due for longest, else a lane that is always due could keep another waiting. */
  private List<Integer> allDue() {
    long now = now();
    return IntStream.range(0, COUNT)
        .filter(lane -> isWanted(lane) && !isTakenAlone(lane) && dueAt(lane) <= now)
        .boxed()
        .sorted(Comparator.comparingLong(this::dueAt))
        .limit(atOnce)
        .toList();
  }

  private boolean isTakenAlone(int job) {
    return job == SWEEP || failures[job] > 0;
  }

  private boolean isWanted(int job) {
    return !taken[job] && due[job] != NEVER;
  }

  private int earliest() {
    int earliest = -1;
    for (int lane = 0; lane < due.length; lane++) {
      if (isWanted(lane) && (earliest < 0 || dueAt(lane) < dueAt(earliest))) {
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
