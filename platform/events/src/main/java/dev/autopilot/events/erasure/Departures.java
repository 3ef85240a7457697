package dev.autopilot.events.erasure;

import io.agroal.api.AgroalDataSource;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who is gone and not yet erased: a queue in which whoever had a turn stands at the end. */
@Singleton
class Departures {
  private static final String NOTE =
      "insert into departure (user_id) values (?) on conflict do nothing";

  /** A failure until the contrary is told, which a process that was killed never does. */
  private static final String TAKE =
      """
      update departure set
        failures = failures + 1,
        due_at = clock_timestamp() + interval '1 minute' * least(60, power(2, least(failures, 6)))
      where user_id = (
        select user_id from departure where due_at <= clock_timestamp()
        order by due_at limit 1 for update skip locked)
      returning user_id, failures - 1
      """;

  private static final String AGAIN =
      """
      update departure set failures = greatest(0, failures - 1), due_at = clock_timestamp()
      where user_id = ?
      """;

  /** An access token is good for ten minutes, one exchanged for it for five. */
  private static final String SETTLE =
      """
      with gone as (
        delete from departure where user_id = ? and noted_at <= now() - interval '1 hour'
      )
      update departure set
        failures = greatest(0, failures - 1), due_at = noted_at + interval '1 hour'
      where user_id = ? and noted_at > now() - interval '1 hour'
      """;

  private final AgroalDataSource pool;

  Departures(AgroalDataSource pool) {
    this.pool = pool;
  }

  /**
   * @param failures how often it failed
   */
  record Departure(UUID user, int failures) {}

  void note(UUID user) throws SQLException {
    update(NOTE, user);
  }

  /** Somebody whose turn it is; nobody else sees to that person within a minute. */
  @Nullable Departure take() throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement take = connection.prepareStatement(TAKE);
        ResultSet row = take.executeQuery()) {
      return row.next() ? new Departure(row.getObject(1, UUID.class), row.getInt(2)) : null;
    }
  }

  /** There is more, for another turn. */
  void again(UUID user) throws SQLException {
    update(AGAIN, user);
  }

  /** Nothing is left; for good, or until what was on its way when they went has arrived. */
  void settle(UUID user) throws SQLException {
    update(SETTLE, user, user);
  }

  private void update(String sql, UUID... users) throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement update = connection.prepareStatement(sql)) {
      for (int i = 0; i < users.length; i++) {
        update.setObject(i + 1, users[i]);
      }
      update.executeUpdate();
    }
  }
}
