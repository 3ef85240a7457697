package dev.autopilot.projects.project;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.autopilot.events.envelope.DomainEvent;
import java.util.UUID;

/** A project was changed. */
record ProjectChanged(
    UUID projectId, String name, @JsonIgnore long aggregateVersion, @JsonIgnore UUID userId)
    implements DomainEvent {
  @Override
  public String type() {
    return "projects.project.changed";
  }

  @Override
  public String aggregateId() {
    return projectId.toString();
  }
}
