package dev.autopilot.auth.session;

import dev.autopilot.auth.account.Account;
import dev.autopilot.auth.secret.OpaqueToken;
import jakarta.enterprise.context.ApplicationScoped;

/** A signed-in person's access token, beside the refresh token that is theirs already. */
@ApplicationScoped
class HandOutTokens {
  private static final String TYPE = "Bearer";

  private final AccessTokens accessTokens;

  HandOutTokens(AccessTokens accessTokens) {
    this.accessTokens = accessTokens;
  }

  TokensView tokens(Account account, Session session, OpaqueToken refreshToken) {
    String accessToken =
        accessTokens.issue(
            new AccessTokens.Grant(
                account.id(),
                session.id(),
                account.role(),
                account.role().scopes(),
                session.amr()));
    return new TokensView(
        accessToken,
        refreshToken.value(),
        TYPE,
        accessTokens.lifetime().toSeconds(),
        account.view());
  }
}
