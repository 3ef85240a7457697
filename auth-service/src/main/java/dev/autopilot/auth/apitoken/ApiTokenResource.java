package dev.autopilot.auth.apitoken;

import dev.autopilot.auth.session.CurrentSession;
import dev.autopilot.kernel.page.Page;
import dev.autopilot.kernel.page.PageRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Future;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** The own personal access tokens. */
@Path("/api/auth/tokens")
@Tag(name = "personal access tokens")
@RunOnVirtualThread
public class ApiTokenResource {
  private final ApiTokens tokens;
  private final IssueApiToken issue;
  private final RevokeApiToken revoke;
  private final CurrentSession current;

  ApiTokenResource(
      ApiTokens tokens, IssueApiToken issue, RevokeApiToken revoke, CurrentSession current) {
    this.tokens = tokens;
    this.issue = issue;
    this.revoke = revoke;
    this.current = current;
  }

  /**
   * @param scopes what the token may do, at most what its owner may
   * @param expiresAt when it ends; without it, when it is revoked
   */
  public record TokenRequest(
      @NotBlank @Size(max = 100) String name,
      @NotEmpty @Size(max = 20) List<@NotNull @Size(max = 40) String> scopes,
      @Nullable @Future Instant expiresAt) {}

  @GET
  @Operation(summary = "My tokens, the youngest first")
  public Page<ApiTokenView> list(@BeanParam PageRequest page) {
    return tokens.of(current.require().account(), page).map(token -> token.view(null));
  }

  @POST
  @ResponseStatus(201)
  @Operation(summary = "Make a token", description = "It is shown in this answer and never again.")
  public ApiTokenView issue(@NotNull @Valid TokenRequest request) {
    return issue.issue(current.require().account(), request);
  }

  @DELETE
  @Path("/{id}")
  @Operation(summary = "Revoke a token", description = "The gateway refuses it within two seconds.")
  public void revoke(@RestPath UUID id) {
    revoke.revoke(current.require().account(), id);
  }
}
