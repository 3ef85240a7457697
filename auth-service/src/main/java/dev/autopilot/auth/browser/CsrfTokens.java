package dev.autopilot.auth.browser;

import dev.autopilot.auth.secret.Keyed;
import dev.autopilot.auth.secret.OpaqueToken;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/**
 * A session's CSRF token: the keyed hash of its id. It is bound to the session, needs no storage,
 * and the gateway, which has the master key as well, checks it without asking.
 */
@ApplicationScoped
public class CsrfTokens {
  private static final String PURPOSE = "csrf";

  private final Keyed keyed;

  CsrfTokens(Keyed keyed) {
    this.keyed = keyed;
  }

  public String of(UUID session) {
    return OpaqueToken.of(keyed.hash(PURPOSE, session.toString())).value();
  }
}
