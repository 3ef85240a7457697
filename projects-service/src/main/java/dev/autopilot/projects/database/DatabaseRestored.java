package dev.autopilot.projects.database;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.autopilot.events.envelope.DomainEvent;
import java.util.UUID;

/** A deleted database is back, with everything in it. */
record DatabaseRestored(
    UUID databaseId,
    UUID projectId,
    String name,
    @JsonIgnore long aggregateVersion,
    @JsonIgnore UUID userId)
    implements DomainEvent {
  @Override
  public String type() {
    return "projects.database.restored";
  }

  @Override
  public String aggregateId() {
    return databaseId.toString();
  }
}
