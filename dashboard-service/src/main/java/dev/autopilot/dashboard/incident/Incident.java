package dev.autopilot.dashboard.incident;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A time during which a service was away. */
@Entity
class Incident {
  @Id private UUID id;
  private String service;
  private Instant openedAt;
  private @Nullable Instant closedAt;

  protected Incident() {}

  IncidentClosed close(Instant now) {
    if (closedAt != null) {
      throw new IllegalStateException("The incident was closed at " + closedAt);
    }
    closedAt = now;
    return new IncidentClosed(id, service, openedAt, now);
  }
}
