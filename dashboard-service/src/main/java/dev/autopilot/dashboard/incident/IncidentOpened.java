package dev.autopilot.dashboard.incident;

import dev.autopilot.events.envelope.DomainEvent;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A service has been away for longer than a restart takes. */
record IncidentOpened(UUID incidentId, String service, Instant since) implements DomainEvent {
  @Override
  public String type() {
    return "dashboard.incident.opened";
  }

  @Override
  public String aggregateId() {
    return incidentId.toString();
  }

  @Override
  public long aggregateVersion() {
    return 0;
  }

  @Override
  public @Nullable UUID userId() {
    return null;
  }
}
