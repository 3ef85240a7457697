package dev.autopilot.integration.delivery;

import dev.autopilot.events.idempotency.Idempotent;
import dev.autopilot.events.outbox.Outbox;
import dev.autopilot.integration.endpoint.Receivers;
import dev.autopilot.kernel.identity.Identity;
import dev.autopilot.kernel.identity.Scoped;
import dev.autopilot.kernel.page.Page;
import dev.autopilot.kernel.page.PageRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** {@code /api/integrations/webhooks/{endpointId}/deliveries}. */
@Path("/api/integrations/webhooks/{endpointId}/deliveries")
@Tag(name = "Webhook deliveries")
@Scoped("integrations")
@RunOnVirtualThread
@Transactional
@Produces(MediaType.APPLICATION_JSON)
public class DeliveryResource {
  private final Identity identity;
  private final Receivers receivers;
  private final Deliveries deliveries;
  private final Outbox outbox;

  DeliveryResource(Identity identity, Receivers receivers, Deliveries deliveries, Outbox outbox) {
    this.identity = identity;
    this.receivers = receivers;
    this.deliveries = deliveries;
    this.outbox = outbox;
  }

  @GET
  @Operation(
      summary = "What came in, the newest first",
      description = "Of each body only the first 4096 bytes; of what was rejected the last few.")
  public Page<DeliveryView> list(@RestPath UUID endpointId, @BeanParam PageRequest page) {
    UUID owner = identity.caller().userId();
    receivers.requireOwned(owner, endpointId);
    Page<DeliveryView> found =
        Page.of(
            deliveries.page(owner, endpointId, page.cursor(), page.limitPlusOne()),
            page,
            Deliveries::cursorOf);
    return page.count() ? found.withTotal(deliveries.count(owner, endpointId)) : found;
  }

  @GET
  @Path("{id}")
  @Operation(summary = "One delivery with all of its body")
  public DeliveryView get(@RestPath UUID endpointId, @RestPath UUID id) {
    return deliveries.of(identity.caller().userId(), endpointId, id);
  }

  @POST
  @Path("{id}/replay")
  @Idempotent
  @Operation(summary = "Tells of a delivery again, as a new event")
  @APIResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = DeliveryView.class)))
  public Response replay(@RestPath UUID endpointId, @RestPath UUID id) {
    UUID owner = identity.caller().userId();
    WebhookReceived again = deliveries.replayed(owner, endpointId, id);
    DeliveryView delivery = deliveries.briefly(owner, endpointId, id);
    if (again == null) {
      throw DeliveryError.DELIVERY_REJECTED.about(id);
    }
    outbox.append(again);
    return Response.accepted(delivery).build();
  }
}
