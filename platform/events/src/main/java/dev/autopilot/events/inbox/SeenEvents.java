package dev.autopilot.events.inbox;

import dev.autopilot.events.database.DirectConnections;
import dev.autopilot.events.database.Expiring;
import io.agroal.api.AgroalDataSource;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** The events that had their effect. */
@Singleton
class SeenEvents implements Expiring {
  /**
   * In order of id, so that two consumers with the same events wait for each other in one
   * direction.
   */
  private static final String NOTE =
      """
      insert into inbox (event_id)
      select id from unnest(?::uuid[]) as id order by id
      on conflict do nothing
      returning event_id
      """;

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final AgroalDataSource pool;
  private final DirectConnections direct;
  private final InboxSettings settings;

  SeenEvents(AgroalDataSource pool, DirectConnections direct, InboxSettings settings) {
    this.pool = pool;
    this.direct = direct;
    this.settings = settings;
  }

  /**
   * Notes these as seen, in the transaction that is going on, and tells which are new. Another
   * transaction that noted one of them is waited for.
   */
  Set<UUID> note(Collection<UUID> ids) throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement insert = connection.prepareStatement(NOTE)) {
      insert.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
      Set<UUID> fresh = new HashSet<>();
      try (ResultSet row = insert.executeQuery()) {
        while (row.next()) {
          fresh.add(row.getObject(1, UUID.class));
        }
      }
      return fresh;
    }
  }

  /**
   * By the database's clock, and by when their transactions began. Asked when something is slow:
   * not by way of a pool that may be exhausted, and without much patience.
   */
  boolean notedWithin(Duration time) throws SQLException {
    try (Connection connection = direct.open("inbox", PATIENCE);
        PreparedStatement select =
            connection.prepareStatement(
                "select exists (select from inbox"
                    + " where created_at > clock_timestamp() - make_interval(secs => ?))")) {
      select.setDouble(1, time.toMillis() / 1000.0);
      try (ResultSet row = select.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  @Override
  public String table() {
    return "inbox";
  }

  @Override
  public Duration keptFor() {
    return settings.remembered();
  }
}
