package dev.autopilot.auth.signin;

import dev.autopilot.auth.account.UserView;
import dev.autopilot.auth.device.Device;
import dev.autopilot.auth.session.Delivery;
import dev.autopilot.auth.session.HandOver;
import dev.autopilot.auth.session.LeaveSession;
import dev.autopilot.auth.session.Tokens;
import dev.autopilot.auth.session.TokensView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The door. */
@Path("/api/auth")
@Tag(name = "sign in")
@PermitAll
@RunOnVirtualThread
public class SignInResource {
  private final Register register;
  private final SignIn signIn;
  private final LeaveSession leave;
  private final HandOver handOver;

  SignInResource(Register register, SignIn signIn, LeaveSession leave, HandOver handOver) {
    this.register = register;
    this.signIn = signIn;
    this.leave = leave;
    this.handOver = handOver;
  }

  /** An account that can be used once its address has been verified. */
  @RegisterForReflection
  public record Unverified(UserView user) {}

  @POST
  @Path("/register")
  @Operation(
      summary = "Make an account and sign in",
      description = "202 with user alone where the address has to be verified first.")
  @APIResponseSchema(value = TokensView.class, responseCode = "201")
  public Response register(@NotNull @Valid RegisterRequest request, HttpServerRequest http) {
    Register.Registered registered = register.register(request, Device.of(http));
    return registered
        .tokens()
        .map(tokens -> handOver.answer(201, tokens, Delivery.TOKEN))
        .orElseGet(() -> Response.accepted(new Unverified(registered.user())).build());
  }

  @POST
  @Path("/login")
  @Operation(
      summary = "Sign in",
      description =
          "Ten failures within 15 minutes lock the account for 15 minutes: 429 too_many_attempts."
              + " With session \"cookie\" the tokens travel in cookies, and the body holds user and"
              + " csrfToken.")
  @APIResponseSchema(TokensView.class)
  public Response signIn(@NotNull @Valid SignInRequest request, HttpServerRequest http) {
    Tokens tokens = signIn.signIn(request, Device.of(http));
    if (request.delivery() == Delivery.COOKIE) {
      leave.ofBrowser(http);
    }
    return handOver.answer(200, tokens, request.delivery());
  }
}
