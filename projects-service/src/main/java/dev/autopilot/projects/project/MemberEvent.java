package dev.autopilot.projects.project;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.autopilot.events.envelope.DomainEvent;
import java.util.UUID;

/**
 * Somebody was let into a project, got another role there, or is no member any more.
 *
 * @param verb the past participle of the event's type
 * @param role what they may do now, or could until now
 */
record MemberEvent(
    @JsonIgnore String verb,
    UUID projectId,
    UUID memberId,
    Role role,
    @JsonIgnore long aggregateVersion,
    @JsonIgnore UUID userId)
    implements DomainEvent {
  @Override
  public String type() {
    return "projects.member." + verb;
  }

  @Override
  public String aggregateId() {
    return projectId.toString();
  }
}
