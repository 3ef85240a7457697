package dev.autopilot.dashboard.intake;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.autopilot.events.envelope.ReceivedEvent;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.UUID;
import org.hibernate.Session;

/** Events that were heard and wait to be folded. */
@ApplicationScoped
class Arrivals {
  private static final String INSERT =
      """
      insert into arrival (event_id, type, user_id, actor, subject, summary, counts,
                           container, root, ended, restored, occurred_at)
      values (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?)
      """;

  private final Session session;
  private final ObjectMapper json;

  Arrivals(Session session, ObjectMapper json) {
    this.session = session;
    this.json = json;
  }

  /** In the transaction that also notes the event as seen. */
  void add(ReceivedEvent event) {
    Counted counted = Counted.of(event);
    String summary = Summary.of(event);
    UUID user = event.userId();
    session.doWork(connection -> {
      try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
        insert.setObject(1, event.id());
        insert.setString(2, event.type());
        insert.setObject(3, user, Types.OTHER);
        // Nobody acts on another's things yet: whose it is did it.
        insert.setObject(4, user, Types.OTHER);
        insert.setString(5, event.subject());
        insert.setString(6, summary);
        insert.setString(7, counts(counted));
        insert.setObject(8, counted.container(), Types.OTHER);
        insert.setObject(9, counted.root(), Types.OTHER);
        insert.setObject(10, counted.ended(), Types.OTHER);
        insert.setObject(11, counted.restored(), Types.OTHER);
        insert.setObject(12, event.time().atOffset(ZoneOffset.UTC));
        insert.executeUpdate();
      }
    });
  }

  private String counts(Counted counted) {
    ObjectNode counts = json.createObjectNode();
    counted.counts().forEach(counts::put);
    return counts.toString();
  }
}
