package dev.autopilot.auth.session;

import dev.autopilot.auth.account.UserView;
import java.util.UUID;

/** What a sign-in or a refresh has brought about, before it is known how it travels. */
public record Tokens(UUID session, String accessToken, String refreshToken, UserView user) {

  /** Secrets are never logged. */
  @Override
  public String toString() {
    return "Tokens[" + session + "]";
  }
}
