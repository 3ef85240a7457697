package dev.autopilot.projects.transfer;

import dev.autopilot.projects.sql.Sql;
import dev.autopilot.projects.sql.Statement;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What imports refused, row by row, up to a bound; behind it errors are only counted. */
@ApplicationScoped
class ErrorLog {
  private static final long KEPT = 10_000;
  private static final Comparator<RowError> IN_THE_FILE =
      Comparator.comparingLong(RowError::line)
          .thenComparing(RowError::field, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(RowError::message);

  private final Sql sql;

  ErrorLog(Sql sql) {
    this.sql = sql;
  }

  /** One that is kept, and its place in the order of lines. */
  record Entry(long id, RowError error) {}

  /** Adds errors of a job that is on hold. */
  void add(UUID importId, List<RowError> errors) {
    if (errors.isEmpty()) {
      return;
    }
    long before =
        sql.number(
            Statement.of(
                "update import set errors = errors + ? where id = ? returning errors - ?",
                errors.size(),
                importId,
                errors.size()));
    List<RowError> kept =
        errors.stream().sorted(IN_THE_FILE).limit(Math.max(0, KEPT - before)).toList();
    sql.update(
        Statement.of(
            "insert into import_error (import_id, line, field, message)"
                + " select ?, * from unnest(?, ?, ?)",
            importId,
            kept.stream().map(RowError::line).toArray(Long[]::new),
            kept.stream().map(RowError::field).toArray(String[]::new),
            kept.stream().map(RowError::message).toArray(String[]::new)));
  }

  /** Errors in the order of lines, a batch at a time; a later one costs what the first costs. */
  List<Entry> behind(UUID importId, @Nullable Entry last, int limit) {
    return sql.list(
        Statement.of(
            "select id, line, field, message from import_error"
                + " where import_id = ? and (line, id) > (?, ?) order by line, id limit ?",
            importId,
            last == null ? 0L : last.error().line(),
            last == null ? 0L : last.id(),
            limit),
        row ->
            new Entry(
                row.getLong("id"),
                new RowError(
                    row.getLong("line"), row.getString("field"), row.getString("message"))));
  }

  /** How many more there were. */
  long leftOut(UUID importId) {
    return sql.number(
        Statement.of("select greatest(0, errors - ?) from import where id = ?", KEPT, importId));
  }
}
