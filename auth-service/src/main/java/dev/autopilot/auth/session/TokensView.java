package dev.autopilot.auth.session;

import dev.autopilot.auth.account.UserView;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What somebody has in hand after signing in.
 *
 * @param expiresIn seconds for which the access token is good
 */
@RegisterForReflection
public record TokensView(
    String accessToken, String refreshToken, String tokenType, long expiresIn, UserView user) {

  /** Secrets are never logged. */
  @Override
  public String toString() {
    return "TokensView[" + user.id() + "]";
  }
}
