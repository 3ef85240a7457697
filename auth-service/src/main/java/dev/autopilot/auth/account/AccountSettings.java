package dev.autopilot.auth.account;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Who may do what from the start. */
@ConfigMapping(prefix = "autopilot.auth.accounts")
public interface AccountSettings {
  /**
   * The address whose account is the administrator's once one person has proved to have both: the
   * mailbox and the account. Without it, the first account of an empty installation is.
   */
  Optional<String> adminEmail();

  /**
   * Whether everybody must have a second factor (ASVS 6.3.3). Whoever has none signs in as ever,
   * but may do nothing until they have set one up: their tokens carry no scope.
   */
  @WithDefault("false")
  boolean secondFactorRequired();
}
