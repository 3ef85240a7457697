package dev.autopilot.events.idempotency;

import dev.autopilot.events.envelope.ReceivedEvent;
import dev.autopilot.events.inbox.EventHandler;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Set;
import java.util.UUID;
import org.hibernate.exception.GenericJDBCException;

/** Answers hold what they were about: with the person, they go. */
@Singleton
class ForgetAnswers implements EventHandler {
  private final Answers answers;

  ForgetAnswers(Answers answers) {
    this.answers = answers;
  }

  @Override
  public Set<String> types() {
    return Set.of("auth.user.deleted");
  }

  @Override
  public void handle(ReceivedEvent event) {
    UUID userId = event.userId();
    if (userId == null) {
      throw new IllegalArgumentException("auth.user.deleted names no user");
    }
    try {
      answers.forget(userId);
    } catch (SQLException failure) {
      throw new GenericJDBCException("Answers can't be deleted", failure);
    }
  }
}
