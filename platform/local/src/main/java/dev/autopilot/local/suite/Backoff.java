package dev.autopilot.local.suite;

import java.time.Duration;
import java.time.Instant;

/**
 * How long to wait before a process that died is started again: longer each time, until it has run
 * well for a while.
 */
final class Backoff {
  private final Duration first;
  private final Duration longest;
  private final Duration recovered;
  private Duration next;

  /** After running for {@code recovered}, an end counts as the first again. */
  Backoff(Duration first, Duration longest, Duration recovered) {
    this.first = first;
    this.longest = longest;
    this.recovered = recovered;
    this.next = first;
  }

  static Backoff usual() {
    return new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofMinutes(1));
  }

  /** The wait after an end now of what ran since {@code startedAt}. */
  Duration after(Instant startedAt, Instant now) {
    if (Duration.between(startedAt, now).compareTo(recovered) >= 0) {
      next = first;
    }
    Duration wait = next;
    Duration doubled = next.multipliedBy(2);
    next = doubled.compareTo(longest) > 0 ? longest : doubled;
    return wait;
  }
}
