package dev.autopilot.projects.sql;

import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Runs SQL in the transaction of the caller. */
@ApplicationScoped
public class Sql {
  private static final String CANCELLED = "57014";

  private final DataSource dataSource;
  private final Duration longestSearch;

  Sql(
      DataSource dataSource,
      @ConfigProperty(name = "autopilot.longest-search", defaultValue = "20S")
          Duration longestSearch) {
    this.dataSource = dataSource;
    this.longestSearch = longestSearch;
  }

  public <T> List<T> list(Statement statement, RowReader<T> reader) {
    return run(
        statement,
        prepared -> {
          List<T> rows = new ArrayList<>();
          try (ResultSet result = prepared.executeQuery()) {
            while (result.next()) {
              rows.add(reader.read(result));
            }
          }
          return rows;
        });
  }

  /**
   * A portion with as many rows more as fit: no more in all than the limit, and no more bytes than
   * its capacity.
   *
   * <p>What is beyond that never leaves the database, and costs no second statement. The sizes in
   * which rows lie in their table are summed first, which takes apart none that are compressed;
   * only what is left by that is read, once, and summed as the text that it is. Neither sum asks
   * for an order: it takes the rows as they come, and so they leave.
   *
   * @param columns of the rows beside {@code data}, as plain names
   * @param from the rest of the query, ordered and not limited
   */
  public <T> Portion<T> goOn(
      Portion<T> begun, String columns, Statement from, int limit, RowReader<T> reader) {
    Statement query =
        Statement.of(
                """
                select %1$s, data, greatest(bytes, stored) as bytes from (
                  select %1$s, data, stored,
                         sum(octet_length(data)) over (rows unbounded preceding) as bytes
                  from (
                    select %1$s, data::text as data, stored from (
                      select %1$s, data, pg_column_size(data) as own,
                             sum(pg_column_size(data)) over (rows unbounded preceding) as stored
                      from (select %1$s, data
                """
                    .formatted(columns))
            .add(from)
            // Without an offset the planner would read the data anew wherever they are named.
            .add(
                """
                 limit ?) page) measured
                where stored - own <= ? offset 0) read) counted
                where bytes - octet_length(data) <= ?
                """,
                limit + 1 - begun.rows().size(),
                begun.left(),
                begun.left());
    return run(
        from.isSearch() ? query.asSearch() : query,
        prepared -> {
          List<T> rows = new ArrayList<>(begun.rows());
          long bytes = begun.bytes();
          try (ResultSet result = prepared.executeQuery()) {
            while (result.next()) {
              long size = begun.bytes() + result.getLong("bytes");
              if (rows.size() == limit || (size > begun.capacity() && !rows.isEmpty())) {
                return new Portion<>(begun.capacity(), rows, bytes, true);
              }
              rows.add(reader.read(result));
              bytes = size;
            }
          }
          // What is behind a row that alone exceeds the capacity wasn't looked for.
          return new Portion<>(begun.capacity(), rows, bytes, bytes > begun.capacity());
        });
  }

  /** The first row, or null when there is none. */
  public <T> @Nullable T first(Statement statement, RowReader<T> reader) {
    List<T> rows = list(statement, reader);
    return rows.isEmpty() ? null : rows.getFirst();
  }

  public long number(Statement statement) {
    Long number = first(statement, row -> row.getLong(1));
    if (number == null) {
      throw new IllegalStateException("No row: " + statement.text());
    }
    return number;
  }

  /** How many rows the statement touched. */
  public int update(Statement statement) {
    return run(statement, PreparedStatement::executeUpdate);
  }

  /** A statement that gives nothing worth having: DDL, or a lock. */
  public void execute(Statement statement) {
    boolean _ = run(statement, PreparedStatement::execute);
  }

  private <T> T run(Statement statement, Use<T> use) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement prepared = connection.prepareStatement(statement.text())) {
      if (statement.isSearch()) {
        prepared.setQueryTimeout(Math.toIntExact(longestSearch.toSeconds()));
      }
      List<@Nullable Object> values = statement.values();
      for (int i = 0; i < values.size(); i++) {
        bind(connection, prepared, i + 1, values.get(i));
      }
      return use.of(prepared);
    } catch (SQLException failure) {
      if (statement.isSearch() && CANCELLED.equals(failure.getSQLState())) {
        throw SqlError.QUERY_TOO_SLOW.problem(
            "It was given up after %d s. What it filters and sorts by should be indexed."
                .formatted(longestSearch.toSeconds()));
      }
      throw new SqlFailedException(failure);
    }
  }

  private static void bind(
      Connection connection, PreparedStatement prepared, int index, @Nullable Object value)
      throws SQLException {
    switch (value) {
      case null -> prepared.setNull(index, Types.OTHER);
      case String text -> prepared.setString(index, text);
      case UUID id -> prepared.setObject(index, id);
      case Instant instant -> prepared.setObject(index, utc(instant));
      case BigDecimal number -> prepared.setBigDecimal(index, number);
      case byte[] bytes -> prepared.setBytes(index, bytes);
      case UUID[] ids -> prepared.setArray(index, connection.createArrayOf("uuid", ids));
      case String[] texts -> prepared.setArray(index, connection.createArrayOf("text", texts));
      case BigDecimal[] numbers ->
          prepared.setArray(index, connection.createArrayOf("numeric", numbers));
      case Boolean[] flags -> prepared.setArray(index, connection.createArrayOf("bool", flags));
      case Integer[] numbers -> prepared.setArray(index, connection.createArrayOf("int4", numbers));
      case Long[] numbers -> prepared.setArray(index, connection.createArrayOf("int8", numbers));
      default -> prepared.setObject(index, value);
    }
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  /** A column of type timestamptz. */
  public static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  public static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  public static UUID uuid(ResultSet row, String column) throws SQLException {
    return row.getObject(column, UUID.class);
  }

  private interface Use<T> {
    T of(PreparedStatement prepared) throws SQLException;
  }
}
