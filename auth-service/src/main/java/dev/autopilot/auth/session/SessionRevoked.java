package dev.autopilot.auth.session;

import dev.autopilot.events.envelope.DomainEvent;
import java.util.UUID;

/** A session was ended before its time; nothing happens to it after that. */
public record SessionRevoked(UUID userId, UUID sessionId, String reason) implements DomainEvent {
  @Override
  public String type() {
    return "auth.session.revoked";
  }

  @Override
  public String aggregateId() {
    return sessionId.toString();
  }

  @Override
  public long aggregateVersion() {
    return 1;
  }
}
