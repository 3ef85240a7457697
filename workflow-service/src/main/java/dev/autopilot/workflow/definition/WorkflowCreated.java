package dev.autopilot.workflow.definition;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.autopilot.events.envelope.DomainEvent;
import java.util.UUID;

/** A workflow was made. */
record WorkflowCreated(
    UUID workflowId,
    String name,
    boolean enabled,
    @JsonIgnore UUID userId,
    @JsonIgnore long aggregateVersion)
    implements DomainEvent {

  @Override
  public String type() {
    return "workflow.workflow.created";
  }

  @Override
  public String aggregateId() {
    return workflowId.toString();
  }
}
