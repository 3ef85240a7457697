package dev.autopilot.dashboard.health;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/health}. */
@Path("/api/health")
@Tag(name = "Health")
@PermitAll
@RunOnVirtualThread
public class HealthResource {
  private final HealthWatch watch;

  HealthResource(HealthWatch watch) {
    this.watch = watch;
  }

  /** A monitor that looks at the status alone is to notice when there is nothing left to serve. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "Whether every service is ready; under a second old")
  @APIResponse(
      responseCode = "200",
      description = "UP, or DEGRADED while some service is away",
      content = @Content(schema = @Schema(implementation = Health.class)))
  @APIResponse(
      responseCode = "503",
      description = "DOWN",
      content = @Content(schema = @Schema(implementation = Health.class)))
  public Response health() {
    Health health = watch.latest();
    return Response.status(health.status() == Health.Status.DOWN ? 503 : 200)
        .header("Cache-Control", "no-store")
        .entity(health)
        .build();
  }
}
