package dev.autopilot.auth.session;

import dev.autopilot.auth.account.Account;
import dev.autopilot.auth.secret.OpaqueToken;
import jakarta.enterprise.context.ApplicationScoped;

/** A signed-in person's access token, beside the refresh token that is theirs already. */
@ApplicationScoped
class HandOutTokens {
  private final AccessTokens accessTokens;

  HandOutTokens(AccessTokens accessTokens) {
    this.accessTokens = accessTokens;
  }

  Tokens tokens(Account account, Session session, OpaqueToken refreshToken) {
    String accessToken =
        accessTokens.issue(
            new AccessTokens.Grant(
                account.id(),
                session.id(),
                account.role().names(),
                account.role().scopes(),
                session.amr(),
                null));
    return new Tokens(session.id(), accessToken, refreshToken.value(), account.view());
  }
}
