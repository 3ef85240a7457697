package dev.autopilot.gateway.exchange;

import dev.autopilot.kernel.identity.AccessToken;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, as far as the gateway knows.
 *
 * @param key under which this principal is counted: {@code user:<id>} or {@code addr:<address>}
 * @param token what proved it; null for whoever is only an address
 */
public record Principal(String key, @Nullable AccessToken token) {

  public static Principal of(AccessToken token) {
    return new Principal("user:" + token.userId(), token);
  }

  public boolean isAdmin() {
    return token != null && token.roles().contains("admin");
  }
}
