package dev.autopilot.events.testapp;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.autopilot.events.envelope.ReceivedEvent;
import dev.autopilot.events.inbox.EventHandler;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Writes down what it hears, and fails as the test wishes. */
@ApplicationScoped
public class Listener implements EventHandler {
  public static final String SOURCE = "source";
  public static final String HAPPENED = "source.thing.happened";

  private final AgroalDataSource pool;
  private final AtomicInteger calls = new AtomicInteger();
  private volatile Consumer<ReceivedEvent> mood = event -> {};

  Listener(AgroalDataSource pool) {
    this.pool = pool;
  }

  /** The data as this consumer reads it. */
  public record Thing(@JsonProperty(required = true) long number) {}

  @Override
  public Set<String> types() {
    return Set.of(HAPPENED, NoteWritten.TYPE);
  }

  /** Called with each event after it was written down; may throw. */
  public void behave(Consumer<ReceivedEvent> mood) {
    this.mood = mood;
    calls.set(0);
  }

  public int calls() {
    return calls.get();
  }

  @Override
  public void handle(ReceivedEvent event) {
    calls.incrementAndGet();
    long number =
        event.type().equals(HAPPENED) ? event.data(Thing.class).number() : event.aggregateVersion();
    try (Connection connection = pool.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into heard (event_id, subject, number) values (?, ?, ?)")) {
      insert.setObject(1, event.id());
      insert.setString(2, event.subject());
      insert.setLong(3, number);
      insert.executeUpdate();
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
    mood.accept(event);
  }

  /** Everything heard of a subject, in the order in which it took effect. */
  public List<Long> heardOf(String subject) {
    try (Connection connection = pool.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select number from heard where subject = ? order by place")) {
      select.setString(1, subject);
      List<Long> numbers = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          numbers.add(row.getLong(1));
        }
      }
      return numbers;
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
