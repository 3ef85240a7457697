package dev.autopilot.chat.session;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.autopilot.events.envelope.DomainEvent;
import java.util.UUID;

/** A conversation was begun. */
record SessionCreated(
    UUID sessionId, String title, @JsonIgnore UUID userId, @JsonIgnore long aggregateVersion)
    implements DomainEvent {

  @Override
  public String type() {
    return "chat.session.created";
  }

  @Override
  public String aggregateId() {
    return sessionId.toString();
  }
}
