package dev.autopilot.chat.session;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.autopilot.events.envelope.DomainEvent;
import java.util.UUID;

/** A conversation was deleted, with all that was said in it. */
record SessionDeleted(
    UUID sessionId, String title, @JsonIgnore UUID userId, @JsonIgnore long aggregateVersion)
    implements DomainEvent {

  @Override
  public String type() {
    return "chat.session.deleted";
  }

  @Override
  public String aggregateId() {
    return sessionId.toString();
  }
}
