package dev.autopilot.auth.session;

import dev.autopilot.auth.browser.CsrfTokens;
import dev.autopilot.auth.browser.SessionCookies;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;

/** Gives tokens to the client in the way it asked for. */
@ApplicationScoped
public class HandOver {
  private static final String TYPE = "Bearer";

  private final SessionCookies cookies;
  private final CsrfTokens csrf;
  private final SessionSettings settings;

  HandOver(SessionCookies cookies, CsrfTokens csrf, SessionSettings settings) {
    this.cookies = cookies;
    this.csrf = csrf;
    this.settings = settings;
  }

  public Response answer(int status, Tokens tokens, Delivery delivery) {
    // Whatever holds tokens is kept by nobody on the way.
    Response.ResponseBuilder answer = Response.status(status).header("Cache-Control", "no-store");
    return switch (delivery) {
      case TOKEN -> answer.entity(inBody(tokens)).build();
      case COOKIE ->
          answer
              .cookie(cookies(tokens))
              .entity(new CookieSessionView(tokens.user(), csrf.of(tokens.session())))
              .build();
    };
  }

  /** The cookies of a page's session. */
  public NewCookie[] cookies(Tokens tokens) {
    return cookies.set(
        tokens.accessToken(),
        settings.accessLifetime(),
        tokens.refreshToken(),
        settings.idleLifetime());
  }

  private TokensView inBody(Tokens tokens) {
    return new TokensView(
        tokens.accessToken(),
        tokens.refreshToken(),
        TYPE,
        settings.accessLifetime().toSeconds(),
        tokens.user());
  }
}
