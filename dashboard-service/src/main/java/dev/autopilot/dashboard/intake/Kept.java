package dev.autopilot.dashboard.intake;

import dev.autopilot.events.database.Expiring;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How long rows live that don't live for good. */
@Singleton
class Kept {
  /** Longer than any event can be on its way: topics keep seven days. */
  private static final Duration TOMBSTONES = Duration.ofDays(60);

  private record Rows(String table, Duration keptFor) implements Expiring {}

  /** Activity is for looking at what happened lately; what counts is in the archive. */
  @Produces
  @Singleton
  Expiring activity(
      @ConfigProperty(name = "autopilot.activity.kept-for", defaultValue = "P90D")
          Duration keptFor) {
    return new Rows("activity", keptFor);
  }

  /** By the minute, which is more than anybody looks at a year later. */
  @Produces
  @Singleton
  Expiring traffic(
      @ConfigProperty(name = "autopilot.traffic.kept-for", defaultValue = "P90D")
          Duration keptFor) {
    return new Rows("traffic", keptFor);
  }

  @Produces
  @Singleton
  Expiring erased() {
    return new Rows("erased", TOMBSTONES);
  }
}
