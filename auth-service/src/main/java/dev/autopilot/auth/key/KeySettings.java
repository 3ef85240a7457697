package dev.autopilot.auth.key;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long signing keys live. */
@ConfigMapping(prefix = "autopilot.auth.keys")
public interface KeySettings {
  /** How long a key signs before the next one takes over. */
  @WithDefault("30D")
  Duration rotation();

  /** How long a new key is published before it signs, so that everybody has it by then. */
  @WithDefault("15M")
  Duration lead();

  /** How long a key is still published once it signs no more; longer than any token lives. */
  @WithDefault("2H")
  Duration overlap();
}
