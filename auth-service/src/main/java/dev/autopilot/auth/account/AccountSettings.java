package dev.autopilot.auth.account;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Who may do what from the start. */
@ConfigMapping(prefix = "autopilot.auth.accounts")
public interface AccountSettings {
  /**
   * The address whose account is the administrator's once it has been verified. Without it, the
   * first account of an empty installation is.
   */
  Optional<String> adminEmail();
}
