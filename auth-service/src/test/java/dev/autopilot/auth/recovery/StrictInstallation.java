package dev.autopilot.auth.recovery;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/**
 * An installation that lets nobody in before they verified their address, asks everybody for a
 * second factor, and whose administrator is named.
 */
public final class StrictInstallation implements QuarkusTestProfile {
  static final String ADMIN = "root@example.org";

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "autopilot.auth.recovery.verification-required",
        "true",
        "autopilot.auth.accounts.second-factor-required",
        "true",
        "autopilot.auth.accounts.admin-email",
        ADMIN);
  }
}
