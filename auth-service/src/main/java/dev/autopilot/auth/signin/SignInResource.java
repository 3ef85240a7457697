package dev.autopilot.auth.signin;

import dev.autopilot.auth.session.Device;
import dev.autopilot.auth.session.TokensView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** The door. */
@Path("/api/auth")
@Tag(name = "sign in")
@PermitAll
@RunOnVirtualThread
public class SignInResource {
  private final Register register;
  private final SignIn signIn;

  SignInResource(Register register, SignIn signIn) {
    this.register = register;
    this.signIn = signIn;
  }

  @POST
  @Path("/register")
  @ResponseStatus(201)
  @Operation(summary = "Make an account and sign in")
  public TokensView register(@NotNull @Valid RegisterRequest request, HttpServerRequest http) {
    return register.register(request, Device.of(http));
  }

  @POST
  @Path("/login")
  @Operation(
      summary = "Sign in",
      description =
          "Ten failures within 15 minutes lock the account for 15 minutes: 429 too_many_attempts.")
  public TokensView signIn(@NotNull @Valid SignInRequest request, HttpServerRequest http) {
    return signIn.signIn(request, Device.of(http));
  }
}
