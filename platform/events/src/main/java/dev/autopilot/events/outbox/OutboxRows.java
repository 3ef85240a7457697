package dev.autopilot.events.outbox;

import dev.autopilot.events.envelope.EventJson;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.hibernate.exception.GenericJDBCException;
import org.jspecify.annotations.Nullable;

/** Writes rows over the connection of the transaction that is going on. */
@ApplicationScoped
class OutboxRows {
  /** One statement for one row or a thousand; rows take their numbers in the arrays' order. */
  private static final String INSERT =
      """
      insert into outbox (lane, topic, key, headers, payload)
      select lane, topic, key, headers, payload
      from unnest(?::smallint[], ?::text[], ?::text[], ?::text[], ?::text[])
        as message (lane, topic, key, headers, payload)
      """;

  private final AgroalDataSource pool;

  OutboxRows(AgroalDataSource pool) {
    this.pool = pool;
  }

  void insert(List<OutboxRow> rows) {
    try (Connection connection = pool.getConnection();
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      array(connection, insert, 1, "int2", rows, row -> (short) Lanes.of(row.key()), Short[]::new);
      array(connection, insert, 2, "text", rows, OutboxRow::topic, String[]::new);
      array(connection, insert, 3, "text", rows, OutboxRow::key, String[]::new);
      array(connection, insert, 4, "text", rows, OutboxRows::headers, String[]::new);
      array(connection, insert, 5, "text", rows, OutboxRow::payload, String[]::new);
      insert.executeUpdate();
    } catch (SQLException failure) {
      throw new GenericJDBCException("The outbox can't be written", failure);
    }
  }

  private static <T extends @Nullable Object> void array(
      Connection connection,
      PreparedStatement insert,
      int index,
      String type,
      List<OutboxRow> rows,
      Function<OutboxRow, T> column,
      IntFunction<T[]> array)
      throws SQLException {
    insert.setArray(
        index, connection.createArrayOf(type, rows.stream().map(column).toArray(array)));
  }

  private static String headers(OutboxRow row) {
    return EventJson.write(row.headers());
  }
}
