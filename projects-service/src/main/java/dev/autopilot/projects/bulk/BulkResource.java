package dev.autopilot.projects.bulk;

import dev.autopilot.events.idempotency.Idempotent;
import dev.autopilot.kernel.identity.Identity;
import dev.autopilot.kernel.identity.Scoped;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestHeader;

/** Up to a thousand records in one request. */
@Path("/api/records/bulk")
@Scoped("projects")
@RunOnVirtualThread
public class BulkResource {
  private final BulkWrite bulk;
  private final Identity identity;

  BulkResource(BulkWrite bulk, Identity identity) {
    this.bulk = bulk;
    this.identity = identity;
  }

  @POST
  @Idempotent
  @Operation(
      description =
          "The records that it makes, changes and deletes hold at most 4 MiB of values together;"
              + " else it is refused as a whole, 422 too_much_at_once, and goes in several.")
  public Response write(
      @RestHeader("Prefer") List<String> prefer, @Valid @NotNull BulkRequest request) {
    Preference preference = Preference.of(prefer);
    Response.ResponseBuilder answer =
        Response.ok(bulk.write(identity.caller().userId(), request, preference));
    if (preference == Preference.MINIMAL) {
      answer.header("Preference-Applied", Preference.MINIMAL_TOKEN);
    }
    return answer.build();
  }
}
