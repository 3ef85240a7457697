package dev.autopilot.dashboard.incident;

import java.time.Duration;
import java.time.Instant;

/**
 * What this replica has seen of one service.
 *
 * @param up its state
 * @param since when the state began
 * @param everUp whether it was ever seen ready
 * @param told whether what follows from the state is written down
 */
record Observation(boolean up, Instant since, boolean everUp, boolean told) {

  static Observation first(boolean up, Instant now) {
    return new Observation(up, now, up, false);
  }

  Observation then(boolean nowUp, Instant now) {
    return nowUp == up ? this : new Observation(nowUp, now, everUp || nowUp, false);
  }

  Observation asTold() {
    return new Observation(up, since, everUp, true);
  }

  /** Whether it has lasted long enough to say so. */
  boolean isDue(IncidentSettings settings, Instant now) {
    Duration patience =
        up ? settings.closesAfter() : everUp ? settings.opensAfter() : settings.grace();
    return !told && !now.isBefore(since.plus(patience));
  }
}
