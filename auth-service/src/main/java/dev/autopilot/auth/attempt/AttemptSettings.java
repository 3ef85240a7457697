package dev.autopilot.auth.attempt;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How many wrong guesses are borne. */
@ConfigMapping(prefix = "autopilot.auth.attempts")
public interface AttemptSettings {
  /** Failures of one account within the window that lock it. */
  @WithDefault("10")
  int perAccount();

  /** Failures from one address within the window that lock it; many people may share one. */
  @WithDefault("100")
  int perAddress();

  /**
   * Letters to one account within the window: those asked for, and as many that tell it something.
   */
  @WithDefault("5")
  int lettersPerAccount();

  /** How long a failure counts. */
  @WithDefault("15M")
  Duration window();

  /** How long a lock holds. */
  @WithDefault("15M")
  Duration lock();
}
