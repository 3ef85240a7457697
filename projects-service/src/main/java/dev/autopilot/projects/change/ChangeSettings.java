package dev.autopilot.projects.change;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How streams of changes behave. */
@ConfigMapping(prefix = "autopilot.changes")
public interface ChangeSettings {
  /** How often a stream looks for changes; the delay a client sees is half of it on average. */
  @WithDefault("500ms")
  Duration poll();

  /** How long a stream is silent at most; clients are promised fifteen seconds. */
  @WithDefault("10s")
  Duration heartbeat();

  /** How soon who is no longer a member stops hearing. */
  @WithDefault("30s")
  Duration checkAccess();
}
