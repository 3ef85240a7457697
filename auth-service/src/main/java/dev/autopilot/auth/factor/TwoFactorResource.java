package dev.autopilot.auth.factor;

import dev.autopilot.auth.device.Device;
import dev.autopilot.auth.password.Password;
import dev.autopilot.auth.session.CurrentSession;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The own second factor. */
@Path("/api/auth/2fa")
@Tag(name = "two factors")
@RunOnVirtualThread
public class TwoFactorResource {
  private final SetUpTwoFactor setUp;
  private final ChangeTwoFactor change;
  private final BackupCodes backupCodes;
  private final CurrentSession current;

  TwoFactorResource(
      SetUpTwoFactor setUp,
      ChangeTwoFactor change,
      BackupCodes backupCodes,
      CurrentSession current) {
    this.setUp = setUp;
    this.change = change;
    this.backupCodes = backupCodes;
    this.current = current;
  }

  /**
   * What an authenticator app needs.
   *
   * @param secret in base 32, for typing
   * @param qrCode a picture of the URI, as a data URI
   */
  public record Setup(String secret, String otpauthUri, String qrCode) {
    @Override
    public String toString() {
      return "Setup[…]";
    }
  }

  public record CodeRequest(@NotBlank @Size(max = 40) String code) {}

  public record DisableRequest(
      @Nullable @Size(max = Password.MAX_RAW_LENGTH) String password,
      @NotBlank @Size(max = 40) String code) {
    @Override
    public String toString() {
      return "DisableRequest[…]";
    }
  }

  /** Shown once. */
  public record FreshBackupCodes(List<String> backupCodes) {
    @Override
    public String toString() {
      return "FreshBackupCodes[…]";
    }
  }

  public record BackupCodesView(int total, int remaining, Instant generatedAt) {}

  @POST
  @Path("/setup")
  @Operation(summary = "A new secret for an authenticator app")
  public Setup setUp() {
    return setUp.setUp(current.require().account());
  }

  @POST
  @Path("/enable")
  @Operation(
      summary = "Turn the second factor on, with a code of the app",
      description = "Other devices are signed out.")
  public FreshBackupCodes enable(@NotNull @Valid CodeRequest request, HttpServerRequest http) {
    return new FreshBackupCodes(
        change.enable(current.require(), request.code(), Device.of(http).address()));
  }

  @POST
  @Path("/disable")
  @Operation(
      summary = "Turn it off",
      description =
          "Other devices are signed out. An account without a password proves itself by having"
              + " signed in within the last ten minutes, else 403 fresh_sign_in_required.")
  public void disable(@NotNull @Valid DisableRequest request, HttpServerRequest http) {
    change.disable(
        current.require(), request.password(), request.code(), Device.of(http).address());
  }

  @GET
  @Path("/backup-codes")
  @Operation(summary = "How many backup codes are left")
  public BackupCodesView backupCodes() {
    BackupCodes.Stock stock =
        backupCodes
            .stock(current.require().account())
            .orElseThrow(FactorError.TWO_FACTOR_NOT_ENABLED::problem);
    return new BackupCodesView(BackupCodes.COUNT, stock.remaining(), stock.generatedAt());
  }

  @POST
  @Path("/backup-codes")
  @Operation(summary = "New backup codes", description = "The old ones are worth nothing then.")
  public FreshBackupCodes renew(@NotNull @Valid CodeRequest request, HttpServerRequest http) {
    return new FreshBackupCodes(
        change.renewBackupCodes(
            current.require().account(), request.code(), Device.of(http).address()));
  }
}
