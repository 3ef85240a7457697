package dev.autopilot.projects.database;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.autopilot.events.envelope.DomainEvent;
import java.util.UUID;

/** A database was changed. */
record DatabaseChanged(
    UUID databaseId,
    UUID projectId,
    String name,
    @JsonIgnore long aggregateVersion,
    @JsonIgnore UUID userId)
    implements DomainEvent {
  @Override
  public String type() {
    return "projects.database.changed";
  }

  @Override
  public String aggregateId() {
    return databaseId.toString();
  }
}
