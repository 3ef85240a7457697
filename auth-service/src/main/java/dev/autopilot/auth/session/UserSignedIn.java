package dev.autopilot.auth.session;

import dev.autopilot.events.envelope.DomainEvent;
import java.util.UUID;

/** A session began. */
public record UserSignedIn(UUID userId, UUID sessionId, String method) implements DomainEvent {
  @Override
  public String type() {
    return "auth.user.signed_in";
  }

  @Override
  public String aggregateId() {
    return sessionId.toString();
  }

  @Override
  public long aggregateVersion() {
    return 0;
  }
}
