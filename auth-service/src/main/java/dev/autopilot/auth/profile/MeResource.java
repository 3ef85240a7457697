package dev.autopilot.auth.profile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.autopilot.auth.account.Account;
import dev.autopilot.auth.account.Accounts;
import dev.autopilot.auth.account.UserView;
import dev.autopilot.auth.device.Device;
import dev.autopilot.auth.password.Password;
import dev.autopilot.auth.password.PasswordError;
import dev.autopilot.auth.proof.ProvePassword;
import dev.autopilot.auth.session.CurrentSession;
import dev.autopilot.kernel.web.Etags;
import dev.autopilot.kernel.web.MergePatch;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The own account. */
@Path("/api/auth/me")
@Tag(name = "account")
@RunOnVirtualThread
public class MeResource {
  private final Accounts accounts;
  private final CurrentSession current;
  private final ProvePassword prove;
  private final DeleteAccount delete;
  private final MergePatch mergePatch;

  MeResource(
      Accounts accounts,
      CurrentSession current,
      ProvePassword prove,
      DeleteAccount delete,
      MergePatch mergePatch) {
    this.accounts = accounts;
    this.current = current;
    this.prove = prove;
    this.delete = delete;
    this.mergePatch = mergePatch;
  }

  /** What may be changed. */
  public record Profile(@NotBlank @Size(max = 100) String name) {}

  public record DeleteRequest(@Nullable @Size(max = Password.MAX_RAW_LENGTH) String password) {
    @Override
    public String toString() {
      return "DeleteRequest[…]";
    }
  }

  @GET
  @Operation(summary = "Who I am")
  public RestResponse<UserView> read() {
    return answer(accounts.present(current.account()));
  }

  @PATCH
  @Consumes({MediaType.APPLICATION_JSON, MergePatch.MEDIA_TYPE})
  @Transactional
  @Operation(summary = "Change the name")
  public RestResponse<UserView> change(
      @Nullable ObjectNode patch, @Nullable @RestHeader("If-Match") String ifMatch) {
    Account account = accounts.presentForUpdate(current.require().account());
    Etags.requireMatch(ifMatch, account.version());
    account.rename(mergePatch.apply(new Profile(account.name()), patch).name().strip());
    accounts.flush();
    return answer(account);
  }

  @DELETE
  @Operation(
      summary = "Erase the account",
      description =
          "At once here, and by event in every other service. An account without a password proves"
              + " itself by having signed in within the last ten minutes, else 403"
              + " fresh_sign_in_required.")
  public void delete(
      @NotNull @Valid DeleteRequest request,
      @Nullable @RestHeader("If-Match") String ifMatch,
      HttpServerRequest http) {
    String address = Device.of(http).address();
    if (!prove.then(
        current.require(), request.password(), address, account -> delete(account, ifMatch))) {
      throw PasswordError.INVALID_PASSWORD.problem();
    }
  }

  private boolean delete(Account account, @Nullable String ifMatch) {
    Etags.requireMatch(ifMatch, account.version());
    return delete.delete(account);
  }

  private static RestResponse<UserView> answer(Account account) {
    return RestResponse.ResponseBuilder.ok(account.view())
        .header("ETag", Etags.of(account.version()))
        .build();
  }
}
