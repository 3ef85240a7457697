package dev.autopilot.projects.project;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.autopilot.events.envelope.DomainEvent;
import java.util.UUID;

/** A deleted project is back, with everything in it. */
record ProjectRestored(
    UUID projectId, String name, @JsonIgnore long aggregateVersion, @JsonIgnore UUID userId)
    implements DomainEvent {
  @Override
  public String type() {
    return "projects.project.restored";
  }

  @Override
  public String aggregateId() {
    return projectId.toString();
  }
}
