package dev.autopilot.dashboard.incident;

import dev.autopilot.events.envelope.DomainEvent;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A service that was away is back. */
record IncidentClosed(UUID incidentId, String service, Instant since, Instant until)
    implements DomainEvent {
  @Override
  public String type() {
    return "dashboard.incident.closed";
  }

  @Override
  public String aggregateId() {
    return incidentId.toString();
  }

  @Override
  public long aggregateVersion() {
    return 1;
  }

  @Override
  public @Nullable UUID userId() {
    return null;
  }
}
