package dev.autopilot.events.erasure;

import dev.autopilot.events.envelope.ReceivedEvent;
import dev.autopilot.events.inbox.EventHandler;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Set;
import java.util.UUID;
import org.hibernate.exception.GenericJDBCException;

/** All that a person's end does at once, however much they had. */
@Singleton
class NoteDeparture implements EventHandler {
  private final Departures departures;

  NoteDeparture(Departures departures) {
    this.departures = departures;
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
    try {
      departures.note(user);
    } catch (SQLException failure) {
      throw new GenericJDBCException("A departure can't be noted", failure);
    }
  }
}
