package dev.autopilot.projects.storage;

import dev.autopilot.projects.sql.Sql;
import dev.autopilot.projects.sql.Statement;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** How many records a database holds, kept up to date so that nobody needs to count a million. */
@ApplicationScoped
public class RecordCounts {
  /** More slots than the connections that write at once, so that writers don't queue for one. */
  private static final int SLOTS = 32;

  private final Sql sql;

  RecordCounts(Sql sql) {
    this.sql = sql;
  }

  public void add(UUID databaseId, int records) {
    if (records != 0) {
      sql.update(
          Statement.of(
              "insert into record_count (database_id, slot, records) values (?, pg_backend_pid() % "
                  + SLOTS
                  + ", ?) on conflict (database_id, slot)"
                  + " do update set records = record_count.records + excluded.records",
              databaseId,
              records));
    }
  }

  public long of(UUID databaseId) {
    return sql.number(
        Statement.of(
            "select coalesce(sum(records), 0) from record_count where database_id = ?",
            databaseId));
  }

  /** Of several; a database without a record may be absent. */
  public Map<UUID, Long> of(Collection<UUID> databaseIds) {
    Map<UUID, Long> counts = new HashMap<>();
    sql.list(
        Statement.of(
            "select database_id, sum(records) from record_count where database_id = any (?)"
                + " group by database_id",
            (Object) databaseIds.toArray(UUID[]::new)),
        row -> counts.put(Sql.uuid(row, "database_id"), row.getLong(2)));
    return counts;
  }
}
