package dev.autopilot.auth.account;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.autopilot.events.envelope.DomainEvent;
import java.util.UUID;

/** Somebody is gone: whoever keeps anything of theirs erases it. */
public record UserDeleted(UUID userId, @JsonIgnore long aggregateVersion) implements DomainEvent {
  @Override
  public String type() {
    return "auth.user.deleted";
  }

  @Override
  public String aggregateId() {
    return userId.toString();
  }
}
