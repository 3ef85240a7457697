package dev.autopilot.auth.account;

import dev.autopilot.events.envelope.DomainEvent;
import java.util.UUID;

/** Somebody has an account now. */
public record UserRegistered(UUID userId, String name, String role) implements DomainEvent {
  @Override
  public String type() {
    return "auth.user.registered";
  }

  @Override
  public String aggregateId() {
    return userId.toString();
  }

  @Override
  public long aggregateVersion() {
    return 0;
  }
}
