package dev.autopilot.integration.endpoint;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.autopilot.events.envelope.DomainEvent;
import java.util.UUID;

/** An endpoint was made. */
record EndpointCreated(
    UUID endpointId, String name, @JsonIgnore UUID userId, @JsonIgnore long aggregateVersion)
    implements DomainEvent {

  @Override
  public String type() {
    return "integration.endpoint.created";
  }

  @Override
  public String aggregateId() {
    return endpointId.toString();
  }
}
