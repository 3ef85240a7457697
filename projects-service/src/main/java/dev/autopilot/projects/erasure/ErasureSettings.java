package dev.autopilot.projects.erasure;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long what is deleted or changed can still be had. */
@ConfigMapping(prefix = "autopilot.erasure")
public interface ErasureSettings {
  /** From the deletion of a project or database to its erasure. */
  @WithDefault("30D")
  Duration keepDeleted();

  /** How long a record's former versions are kept. */
  @WithDefault("365D")
  Duration keepHistory();

  /** How often we look for what is due. */
  @WithDefault("1H")
  Duration every();
}
