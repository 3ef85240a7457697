package dev.autopilot.projects.transfer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** A lease of which its holder makes sure as often as time asks, however long its steps are. */
final class Lease {
  private static final Duration RENEWED_AFTER = Duration.ofSeconds(3);

  private final Clock clock;
  private final BooleanSupplier renewal;
  private Instant renewed;

  /**
   * @param renewal whether it could be renewed
   */
  Lease(Clock clock, BooleanSupplier renewal) {
    this.clock = clock;
    this.renewal = renewal;
    this.renewed = clock.instant();
  }

  /** To be asked between any two steps; false when it is another's by now. */
  boolean isHeld() {
    Instant now = clock.instant();
    if (Duration.between(renewed, now).compareTo(RENEWED_AFTER) < 0) {
      return true;
    }
    renewed = now;
    return renewal.getAsBoolean();
  }
}
