package dev.autopilot.dashboard.incident;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When a service that is away becomes an incident. */
@ConfigMapping(prefix = "autopilot.incidents")
interface IncidentSettings {
  /** Away without a break for this long opens one: longer than a restart that goes well. */
  @WithDefault("PT5S")
  Duration opensAfter();

  /** Ready without a break for this long closes it. */
  @WithDefault("PT2S")
  Duration closesAfter();

  /** A service not yet seen is given this long to start for the first time. */
  @WithDefault("PT1M")
  Duration grace();
}
