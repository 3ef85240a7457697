package dev.autopilot.auth.recovery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What a mailbox proves, and for how long. */
@ConfigMapping(prefix = "autopilot.auth.recovery")
public interface RecoverySettings {
  /** Whether nobody comes in before the address was verified. */
  @WithDefault("false")
  boolean verificationRequired();

  /** How long a link to verify an address is good. */
  @WithDefault("3D")
  Duration verificationLifetime();

  /** How long a link to reset a password is good. */
  @WithDefault("1H")
  Duration resetLifetime();
}
