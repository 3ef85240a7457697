package dev.autopilot.auth.session;

import dev.autopilot.auth.account.Account;
import dev.autopilot.auth.account.Accounts;
import dev.autopilot.auth.secret.OpaqueToken;
import jakarta.enterprise.context.ApplicationScoped;

/** A signed-in person's access token, beside the refresh token that is theirs already. */
@ApplicationScoped
class HandOutTokens {
  private final Accounts accounts;
  private final AccessTokens accessTokens;

  HandOutTokens(Accounts accounts, AccessTokens accessTokens) {
    this.accounts = accounts;
    this.accessTokens = accessTokens;
  }

  Tokens tokens(Account account, Session session, OpaqueToken refreshToken) {
    String accessToken =
        accessTokens.issue(
            new AccessTokens.Grant(
                account.id(),
                session.id(),
                account.role().names(),
                accounts.scopesOf(account),
                session.amr(),
                null));
    return new Tokens(session.id(), accessToken, refreshToken.value(), account.view());
  }
}
