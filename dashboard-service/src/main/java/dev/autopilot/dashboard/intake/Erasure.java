package dev.autopilot.dashboard.intake;

import dev.autopilot.events.envelope.ReceivedEvent;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;

/**
 * Forgets a person: figures, archive, activity, traffic. Never at the same time as a fold, and a
 * fold drops whatever of that person still arrives, so that nothing comes back.
 */
@ApplicationScoped
class Erasure {
  private static final List<String> STATEMENTS =
      List.of(
          "insert into erased (user_id) values (?) on conflict do nothing",
          "delete from arrival where user_id = ?",
          "delete from activity where user_id = ?",
          "update activity set actor = null where actor = ? and actor is distinct from user_id",
          "delete from archive where user_id = ?",
          "delete from tally where user_id = ?",
          "delete from traffic where user_id = ?");

  private final Session session;

  Erasure(Session session) {
    this.session = session;
  }

  void erase(ReceivedEvent event) {
    UUID user = event.userId();
    if (user == null) {
      throw new IllegalArgumentException("auth.user.deleted names no user");
    }
    session.doWork(connection -> {
      Fold.takeTurn(connection);
      for (String sql : STATEMENTS) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
          statement.setObject(1, user);
          statement.executeUpdate();
        }
      }
    });
  }
}
