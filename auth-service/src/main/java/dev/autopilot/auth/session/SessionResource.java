package dev.autopilot.auth.session;

import dev.autopilot.auth.browser.CsrfTokens;
import dev.autopilot.auth.browser.SessionCookies;
import dev.autopilot.auth.secret.OpaqueToken;
import dev.autopilot.kernel.identity.Caller;
import dev.autopilot.kernel.identity.Identity;
import dev.autopilot.kernel.page.Page;
import dev.autopilot.kernel.page.PageRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Going on, leaving, and the list of devices. */
@Path("/api/auth")
@Tag(name = "sessions")
@RunOnVirtualThread
public class SessionResource {
  private final RefreshSession refresh;
  private final RevokeSessions revoke;
  private final Sessions sessions;
  private final CurrentSession current;
  private final Identity identity;
  private final HandOver handOver;
  private final SessionCookies cookies;
  private final CsrfTokens csrf;

  SessionResource(
      RefreshSession refresh,
      RevokeSessions revoke,
      Sessions sessions,
      CurrentSession current,
      Identity identity,
      HandOver handOver,
      SessionCookies cookies,
      CsrfTokens csrf) {
    this.refresh = refresh;
    this.revoke = revoke;
    this.sessions = sessions;
    this.current = current;
    this.identity = identity;
    this.handOver = handOver;
    this.cookies = cookies;
    this.csrf = csrf;
  }

  /**
   * @param refreshToken absent where it is in a cookie
   */
  public record RefreshRequest(@Nullable @Size(max = 200) String refreshToken) {
    @Override
    public String toString() {
      return "RefreshRequest[…]";
    }
  }

  /** The token of the session that asks. */
  public record CsrfToken(String csrfToken) {}

  @POST
  @Path("/refresh")
  @PermitAll
  @Operation(
      summary = "New tokens for a refresh token",
      description =
          "The refresh token is spent. Used again within ten seconds it gives its successor's"
              + " tokens; after that its whole session is ended: 401 refresh_reused.")
  @APIResponseSchema(TokensView.class)
  public Response refresh(@NotNull @Valid RefreshRequest request, HttpServerRequest http) {
    if (request.refreshToken() != null) {
      return refreshed(request.refreshToken(), Delivery.TOKEN);
    }
    cookies.requireOwnPage(http);
    return refreshed(
        cookies.refreshToken(http).orElseThrow(SessionError.INVALID_REFRESH_TOKEN::problem),
        Delivery.COOKIE);
  }

  private Response refreshed(String token, Delivery delivery) {
    return handOver.answer(200, refresh.refresh(new OpaqueToken(token)), delivery);
  }

  @POST
  @Path("/logout")
  @Operation(summary = "Sign this device out")
  public Response logout(@Context HttpServerRequest http) {
    Caller caller = identity.caller();
    if (caller.sessionId() == null) {
      throw SessionError.SESSION_REQUIRED.problem();
    }
    revoke.one(caller.userId(), caller.sessionId(), RevocationReason.SIGNED_OUT);
    Response.ResponseBuilder answer = Response.noContent();
    return cookies.arePresentIn(http) ? answer.cookie(cookies.clear()).build() : answer.build();
  }

  @GET
  @Path("/csrf-token")
  @Operation(summary = "What a page with a cookie session sends as X-CSRF-Token")
  public CsrfToken csrfToken() {
    return new CsrfToken(csrf.of(current.require().session()));
  }

  @GET
  @Path("/sessions")
  @Operation(summary = "The devices signed in, the latest first")
  public Page<SessionView> list(@BeanParam PageRequest page) {
    CurrentSession.SignedIn me = current.require();
    return sessions.liveOf(me.account(), page).map(session -> session.view(me.session()));
  }

  @DELETE
  @Path("/sessions/{id}")
  @Operation(summary = "Sign a device out")
  public void revoke(@RestPath UUID id) {
    if (!revoke.one(current.require().account(), id, RevocationReason.REVOKED)) {
      throw SessionError.SESSION_NOT_FOUND.problem();
    }
  }

  @DELETE
  @Path("/sessions")
  @Operation(summary = "Sign every other device out")
  public void revokeOthers() {
    CurrentSession.SignedIn me = current.require();
    revoke.allBut(me.account(), me.session(), RevocationReason.REVOKED);
  }
}
