package dev.autopilot.chat.session;

import dev.autopilot.events.envelope.ReceivedEvent;
import dev.autopilot.events.inbox.EventHandler;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.UUID;

/** With a person go all conversations. */
@ApplicationScoped
class EraseSessions implements EventHandler {
  private final Sessions sessions;

  EraseSessions(Sessions sessions) {
    this.sessions = sessions;
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
    sessions.erase(user);
  }
}
