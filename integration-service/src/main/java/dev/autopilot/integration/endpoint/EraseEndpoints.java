package dev.autopilot.integration.endpoint;

import dev.autopilot.events.envelope.ReceivedEvent;
import dev.autopilot.events.inbox.EventHandler;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.UUID;

/** With a person go all endpoints and whatever was delivered to them. */
@ApplicationScoped
class EraseEndpoints implements EventHandler {
  private final Endpoints endpoints;

  EraseEndpoints(Endpoints endpoints) {
    this.endpoints = endpoints;
  }

  @Override
  public Set<String> types() {
    return Set.of("auth.user.deleted");
  }

  @Override
  public void handle(ReceivedEvent event) {
    UUID user = event.userId();
    if (user == null) {
      throw new IllegalArgumentException("auth.user.deleted names no user");
    }
    endpoints.erase(user);
  }
}
