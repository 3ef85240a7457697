package dev.autopilot.integration.delivery;

import dev.autopilot.integration.signature.Arrival;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** {@code /api/webhooks/{endpointId}}, where the outside world calls. */
@Path("/api/webhooks")
@Tag(name = "Incoming webhooks")
@PermitAll
@RunOnVirtualThread
public class WebhookResource {
  private static final byte[] EMPTY = {};

  private final ReceiveWebhook receiveWebhook;

  WebhookResource(ReceiveWebhook receiveWebhook) {
    this.receiveWebhook = receiveWebhook;
  }

  @POST
  @Path("{endpointId}")
  @Consumes(MediaType.WILDCARD)
  @Operation(summary = "Takes a delivery in; needs no token, since the sender signs")
  @APIResponse(responseCode = "202", description = "Stored")
  @APIResponse(responseCode = "200", description = "Seen before; nothing was done")
  @APIResponse(responseCode = "401", description = "The signature isn't believed")
  public Response receive(
      @RestPath UUID endpointId, @Context HttpServerRequest request, byte @Nullable [] body) {
    Arrival arrival = new Arrival(request.headers(), request.query(), body == null ? EMPTY : body);
    return switch (receiveWebhook.receive(endpointId, arrival)) {
      case Receipt.Stored() -> Response.accepted().build();
      case Receipt.SeenBefore() -> Response.ok().build();
      case Receipt.Answered(String text) -> Response.ok(text, MediaType.TEXT_PLAIN_TYPE).build();
      case Receipt.Rejected() -> throw DeliveryError.INVALID_SIGNATURE.problem();
    };
  }
}
