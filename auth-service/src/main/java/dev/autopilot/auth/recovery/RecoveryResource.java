package dev.autopilot.auth.recovery;

import dev.autopilot.auth.account.EmailAddress;
import dev.autopilot.auth.device.Device;
import dev.autopilot.auth.password.Password;
import dev.autopilot.auth.secret.OpaqueToken;
import dev.autopilot.auth.session.CurrentSession;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Passwords changed and forgotten, and addresses verified. */
@Path("/api/auth")
@Tag(name = "passwords and addresses")
@RunOnVirtualThread
public class RecoveryResource {
  private final ChangePassword change;
  private final ResetPassword reset;
  private final VerifyEmail verify;
  private final CurrentSession current;

  RecoveryResource(
      ChangePassword change, ResetPassword reset, VerifyEmail verify, CurrentSession current) {
    this.change = change;
    this.reset = reset;
    this.verify = verify;
    this.current = current;
  }

  public record ChangeRequest(
      @NotNull @Size(max = Password.MAX_RAW_LENGTH) String currentPassword,
      @NotNull @Size(max = Password.MAX_RAW_LENGTH) String newPassword) {
    @Override
    public String toString() {
      return "ChangeRequest[…]";
    }
  }

  public record ForgotRequest(@NotBlank @Size(max = 254) String email) {}

  public record ResetRequest(
      @NotBlank @Size(max = 200) String token,
      @NotNull @Size(max = Password.MAX_RAW_LENGTH) String password) {
    @Override
    public String toString() {
      return "ResetRequest[…]";
    }
  }

  public record VerifyRequest(@NotBlank @Size(max = 200) String token) {
    @Override
    public String toString() {
      return "VerifyRequest[…]";
    }
  }

  @POST
  @Path("/password/change")
  @Operation(summary = "Set another password", description = "Other devices are signed out.")
  public void change(@NotNull @Valid ChangeRequest request, HttpServerRequest http) {
    change.change(
        current.require(),
        request.currentPassword(),
        new Password(request.newPassword()),
        Device.of(http).address());
  }

  @POST
  @Path("/password/forgot")
  @PermitAll
  @Operation(
      summary = "Ask for a link to set another password",
      description = "The answer is the same whether or not there is such an account.")
  public void forgot(@NotNull @Valid ForgotRequest request, HttpServerRequest http) {
    reset.ask(new EmailAddress(request.email()), Device.of(http).address());
  }

  @POST
  @Path("/password/reset")
  @PermitAll
  @Operation(
      summary = "Set another password with such a link's token",
      description =
          "Every device is signed out and every personal access token ended. If the address had not"
              + " been verified before, or is the named administrator's and nobody has become that"
              + " yet, a second factor is removed.")
  public void reset(@NotNull @Valid ResetRequest request, HttpServerRequest http) {
    reset.reset(
        new OpaqueToken(request.token()),
        new Password(request.password()),
        Device.of(http).address());
  }

  @POST
  @Path("/email/verify")
  @PermitAll
  @Operation(
      summary = "Prove that an address is one's own, with a mailed link's token",
      description =
          "Nobody need be signed in. Only if the account itself is, it becomes the administrator's"
              + " where its address is the one that was named; until then the token stays good.")
  public void verify(@NotNull @Valid VerifyRequest request) {
    verify.verify(new OpaqueToken(request.token()), current.ifAny());
  }

  @POST
  @Path("/email/verify/resend")
  @Operation(summary = "Send that link again")
  public void resend(@Context HttpServerRequest http) {
    verify.askAgain(current.require().account(), Device.of(http).address());
  }
}
