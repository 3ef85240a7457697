package dev.autopilot.kernel.web;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.health.SmallRyeHealthReporter;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * Whether this replica is ready, on the main port: other services know that address only, and the
 * management port is the orchestrator's. The same checks, their details left out; no gateway leads
 * to {@code /internal}.
 */
@Path("/internal/ready")
@PermitAll
@RunOnVirtualThread
public class ReadyResource {
  private final SmallRyeHealthReporter health;

  ReadyResource(SmallRyeHealthReporter health) {
    this.health = health;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(hidden = true)
  public Response ready() {
    boolean down = health.getReadiness().isDown();
    return Response.status(down ? 503 : 200).entity(Map.of("status", down ? "DOWN" : "UP")).build();
  }
}
