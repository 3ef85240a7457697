package dev.autopilot.projects.revision;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.autopilot.projects.sql.Portion;
import dev.autopilot.projects.sql.Sql;
import dev.autopilot.projects.sql.Statement;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Every version of every record, written in the transaction that makes it. */
@ApplicationScoped
public class Revisions {
  private static final String BESIDE_DATA =
      "record_id, version, database_id, operation, changed, changed_by, changed_at";
  private static final String COLUMNS = BESIDE_DATA + ", data";

  /** A client that reads slowly holds them until it has read them, and there may be many such. */
  private static final long BYTES_HEARD_AT_ONCE = 512 * 1024;

  private final Sql sql;
  private final ObjectMapper json;

  Revisions(Sql sql, ObjectMapper json) {
    this.sql = sql;
    this.json = json;
  }

  /**
   * Notes them in this order, in one statement: what one person did to records of one database at
   * one time, which therefore is sent and read once and not for each.
   */
  public void add(List<Revision> revisions) {
    if (revisions.isEmpty()) {
      return;
    }
    Revision one = revisions.getFirst();
    if (!revisions.stream().allMatch(one::isOfTheSameDeed)) {
      throw new IllegalArgumentException("Revisions of more than one deed");
    }
    boolean alike = revisions.stream().allMatch(r -> r.changed().equals(one.changed()));
    sql.update(
        Statement.of(
            "insert into revision ("
                + COLUMNS
                // Keys that all rows have travel once; else as a text each, since an array
                // of arrays must be square in SQL.
                + ") select id, version, ?::uuid, ?::text,"
                + " coalesce(?::text[], string_to_array(changed, ',')), ?::uuid, ?::timestamptz,"
                + " data::json"
                + " from unnest(?, ?, ?, ?) as made (id, version, data, changed)",
            one.databaseId(),
            one.operation().toString(),
            alike ? one.changed().toArray(String[]::new) : null,
            one.changedBy(),
            one.changedAt(),
            column(revisions, Revision::recordId, UUID[]::new),
            column(revisions, Revision::version, Integer[]::new),
            column(revisions, r -> written(r.values()), String[]::new),
            column(revisions, r -> alike ? null : String.join(",", r.changed()), String[]::new)));
  }

  /** In which database a record lives or lived, or null when nobody ever heard of it. */
  public @Nullable UUID databaseOf(UUID recordId) {
    return sql.first(
        Statement.of("select database_id from revision where record_id = ? limit 1", recordId),
        row -> Sql.uuid(row, "database_id"));
  }

  /** The newest version of a record. */
  public @Nullable Revision newest(UUID recordId) {
    return sql.first(
        Statement.of(
            "select "
                + COLUMNS
                + " from revision where record_id = ? order by version desc limit 1",
            recordId),
        this::read);
  }

  /** The oldest version that the history still holds. */
  public @Nullable Revision oldest(UUID recordId) {
    return sql.first(
        Statement.of(
            "select " + COLUMNS + " from revision where record_id = ? order by version limit 1",
            recordId),
        this::read);
  }

  public @Nullable Revision find(UUID recordId, int version) {
    return sql.first(
        Statement.of(
            "select " + COLUMNS + " from revision where record_id = ? and version = ?",
            recordId,
            version),
        this::read);
  }

  /** Newest first, those before a version; fewer than the limit where they are large. */
  public Portion<Revision> before(UUID recordId, int version, int limit) {
    return sql.goOn(
        Portion.empty(),
        BESIDE_DATA,
        Statement.of(
            "from revision where record_id = ? and version < ? order by version desc",
            recordId,
            version),
        limit,
        this::read);
  }

  public long count(UUID recordId) {
    return sql.number(Statement.of("select count(*) from revision where record_id = ?", recordId));
  }

  /** Behind everything that is committed by now. */
  public Position now() {
    return new Position(
        sql.number(Statement.of("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint")),
        0);
  }

  /**
   * The next changes of a database, in an order in which nothing appears later before them: what
   * transactions began that are still running is left for the next call.
   */
  public Portion<Placed> after(UUID databaseId, Position position, int limit) {
    return sql.goOn(
        Portion.empty(BYTES_HEARD_AT_ONCE),
        BESIDE_DATA + ", xid, seq",
        Statement.of(
            "from revision where database_id = ? and (xid, seq) > (?::text::xid8, ?)"
                + " and xid < pg_snapshot_xmin(pg_current_snapshot())"
                + " order by xid, seq",
            databaseId,
            Long.toString(position.transaction()),
            position.number()),
        limit,
        row ->
            new Placed(
                new Position(Long.parseLong(row.getString("xid")), row.getLong("seq")), read(row)));
  }

  private Revision read(ResultSet row) throws SQLException {
    return new Revision(
        Sql.uuid(row, "record_id"),
        row.getInt("version"),
        Sql.uuid(row, "database_id"),
        Operation.of(row.getString("operation")),
        values(row.getString("data")),
        List.of((String[]) row.getArray("changed").getArray()),
        Sql.uuid(row, "changed_by"),
        Sql.instant(row, "changed_at"));
  }

  private String written(Map<String, @Nullable Object> values) {
    try {
      return json.writeValueAsString(values);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private Map<String, @Nullable Object> values(String data) {
    try {
      return json.readValue(data, new TypeReference<>() {});
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static <T extends @Nullable Object> Object column(
      List<Revision> revisions, Function<Revision, T> part, IntFunction<T[]> array) {
    return revisions.stream().map(part).toArray(array);
  }
}
