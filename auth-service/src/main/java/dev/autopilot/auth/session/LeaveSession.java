package dev.autopilot.auth.session;

import dev.autopilot.auth.browser.SessionCookies;
import dev.autopilot.auth.secret.OpaqueToken;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/**
 * Ends the session that a browser had when somebody signs in on it anew: its cookies are replaced,
 * so nobody could end it otherwise, and whoever had stolen them would keep it.
 */
@ApplicationScoped
public class LeaveSession {
  private final SessionCookies cookies;
  private final RefreshTokens refreshTokens;
  private final RevokeSessions revoke;

  LeaveSession(SessionCookies cookies, RefreshTokens refreshTokens, RevokeSessions revoke) {
    this.cookies = cookies;
    this.refreshTokens = refreshTokens;
    this.revoke = revoke;
  }

  /** The session of the refresh cookie, whoever's it is; nothing if there is none. */
  @Transactional
  public void ofBrowser(HttpServerRequest request) {
    cookies
        .refreshToken(request)
        .flatMap(token -> refreshTokens.find(new OpaqueToken(token)))
        .ifPresent(
            known -> revoke.one(known.accountId(), known.sessionId(), RevocationReason.SIGNED_OUT));
  }
}
