package dev.autopilot.auth.account;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Who may do what from the start. */
@ConfigMapping(prefix = "autopilot.auth.accounts")
public interface AccountSettings {
  /**
   * The address whose account is the administrator. Without it, the first account of an empty
   * installation is.
   */
  Optional<String> adminEmail();
}
