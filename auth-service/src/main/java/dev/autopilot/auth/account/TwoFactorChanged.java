package dev.autopilot.auth.account;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.autopilot.events.envelope.DomainEvent;
import java.util.UUID;

/** Somebody's sign-in asks for a second factor from now on, or doesn't any more. */
public record TwoFactorChanged(
    @JsonIgnore String type, UUID userId, @JsonIgnore long aggregateVersion)
    implements DomainEvent {
  @Override
  public String aggregateId() {
    return userId.toString();
  }
}
