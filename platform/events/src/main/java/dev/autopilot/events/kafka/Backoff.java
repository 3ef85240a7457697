package dev.autopilot.events.kafka;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Exponential backoff with jitter: the n-th failure in a row waits between half of and the whole of
 * {@code first · 2ⁿ⁻¹}, at most the cap.
 */
public record Backoff(Duration first, Duration cap) {
  private static final int MAX_DOUBLINGS = 30;

  public Duration after(int failures) {
    int doublings = Math.min(Math.max(failures - 1, 0), MAX_DOUBLINGS);
    long whole = Math.min(cap.toMillis(), first.toMillis() << doublings);
    return Duration.ofMillis(whole / 2 + ThreadLocalRandom.current().nextLong(whole / 2 + 1));
  }

  /** Waits so long; false when interrupted meanwhile. */
  public boolean pause(int failures) {
    try {
      Thread.sleep(after(failures));
      return true;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
