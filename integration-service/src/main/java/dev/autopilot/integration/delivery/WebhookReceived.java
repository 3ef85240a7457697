package dev.autopilot.integration.delivery;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.autopilot.events.envelope.DomainEvent;
import dev.autopilot.integration.signature.Scheme;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A delivery came in, was verified and stored; or its owner wants it told again.
 *
 * @param size of the body, in bytes
 * @param replay 0 when it came in, then how often it has been replayed
 */
record WebhookReceived(
    UUID endpointId,
    UUID deliveryId,
    Scheme scheme,
    @Nullable String contentType,
    int size,
    int replay,
    @JsonIgnore UUID userId)
    implements DomainEvent {

  @Override
  public String type() {
    return "integration.webhook.received";
  }

  @Override
  public String aggregateId() {
    return deliveryId.toString();
  }

  @Override
  public long aggregateVersion() {
    return replay;
  }
}
