package dev.autopilot.dashboard.intake;

import dev.autopilot.events.envelope.ReceivedEvent;
import dev.autopilot.events.erasure.PersonalData;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;

/**
 * Forgets a person: figures, archive, activity, traffic. Never at the same time as a fold, and from
 * the beginning on a fold drops whatever of that person arrives, so that nothing comes back.
 */
@ApplicationScoped
class Erasure implements PersonalData {
  /** Rows by their place: they change, if at all, by who has the turn. */
  private static final String SOME = "%s where ctid = any (array(select ctid from %s limit ?))";

  private static final List<String> STATEMENTS =
      List.of(
          SOME.formatted("delete from activity", "activity where user_id = ?"),
          SOME.formatted(
              "update activity set actor = null",
              "activity where actor = ? and actor is distinct from user_id"),
          SOME.formatted("delete from archive", "archive where user_id = ?"),
          SOME.formatted("delete from tally", "tally where user_id = ?"),
          SOME.formatted("delete from traffic", "traffic where user_id = ?"));

  private final Session session;

  Erasure(Session session) {
    this.session = session;
  }

  /** In the transaction that also notes the event as seen. */
  void begin(ReceivedEvent event) {
    UUID user = event.userId();
    if (user == null) {
      throw new IllegalArgumentException("auth.user.deleted names no user");
    }
    session.doWork(connection -> {
      try (PreparedStatement note =
          connection.prepareStatement(
              "insert into erased (user_id) values (?) on conflict do nothing")) {
        note.setObject(1, user);
        note.executeUpdate();
      }
    });
  }

  @Override
  public int eraseSome(UUID user, int atMost) {
    return session.doReturningWork(connection -> {
      Fold.takeTurn(connection);
      int erased = 0;
      for (String sql : STATEMENTS) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
          statement.setObject(1, user);
          statement.setInt(2, atMost - erased);
          erased += statement.executeUpdate();
        }
      }
      return erased;
    });
  }
}
