package dev.autopilot.projects.transfer;

import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.projects.sql.Sql;
import dev.autopilot.projects.sql.Statement;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Import jobs. A lease says whose turn a job is; it runs out when its holder dies. */
@ApplicationScoped
class Imports {
  /** From now on, and not from when a transaction began that may have taken long. */
  private static final String LEASE = "clock_timestamp() + interval '15 seconds'";

  private static final int UNFINISHED = 5;
  private static final Duration TRY_AGAIN = Duration.ofSeconds(10);

  private final Sql sql;

  Imports(Sql sql) {
    this.sql = sql;
  }

  /**
   * Refuses a person's next import while several are under way: there is one worker a replica, and
   * files of imports are in the database.
   */
  void requireRoom(UUID userId) {
    long unfinished =
        sql.number(
            Statement.of(
                "select count(*) from import"
                    + " where requested_by = ? and status in ('queued', 'running')",
                userId));
    if (unfinished >= UNFINISHED) {
      throw ImportError.TOO_MANY_IMPORTS
          .problem("%d of yours are not finished yet.".formatted(unfinished))
          .retryAfter(TRY_AGAIN);
    }
  }

  /** Whoever else adds an import of that person waits until this transaction has ended. */
  void add(UUID id, UUID databaseId, UUID userId, Format format, Mapping mapping, Instant now) {
    sql.execute(
        Statement.of("select pg_advisory_xact_lock(hashtextextended(?, 3))", userId.toString()));
    requireRoom(userId);
    sql.update(
        Statement.of(
            "insert into import (id, database_id, requested_by, status, format, mapping, created_at)"
                + " values (?, ?, ?, 'queued', ?, ?::jsonb, ?)",
            id,
            databaseId,
            userId,
            format.toString(),
            mapping.json(),
            now));
  }

  /** An import into a database that the person may see. */
  ImportView seenBy(UUID userId, UUID importId) {
    ImportView found =
        sql.first(
            Statement.of(
                """
                select i.* from import i
                join database d on d.id = i.database_id and d.deleted_at is null
                join project p on p.id = d.project_id and p.deleted_at is null
                join member m on m.project_id = p.id and m.user_id = ?
                where i.id = ?
                """,
                userId,
                importId),
            Imports::view);
    if (found == null) {
      throw CommonError.NOT_FOUND.problem();
    }
    return found;
  }

  private static ImportView view(ResultSet row) throws SQLException {
    return new ImportView(
        Sql.uuid(row, "id"),
        Sql.uuid(row, "database_id"),
        row.getString("status"),
        row.getString("format"),
        Mapping.parse(row.getString("mapping")).keyByColumn(),
        (Long) row.getObject("total"),
        row.getLong("done"),
        row.getLong("failed"),
        row.getString("problem"),
        Sql.instant(row, "created_at"),
        Sql.instantOrNull(row, "finished_at"));
  }

  /** Takes the oldest job that nobody is at, or null when there is none. */
  @Nullable ImportJob claim(UUID worker) {
    return sql.first(
        Statement.of(
            """
            update import i set status = 'running', worker = ?, leased_until = %s,
              attempts = i.attempts + 1
            from database d join project p on p.id = d.project_id
            where d.id = i.database_id and i.id = (
              select id from import
              where status in ('queued', 'running')
                and (leased_until is null or leased_until < now())
              order by created_at limit 1 for update skip locked)
            returning i.id, i.database_id, p.owner_id, i.requested_by, i.format, i.mapping,
              i.total, i.position, i.attempts
            """
                .formatted(LEASE),
            worker),
        row ->
            new ImportJob(
                Sql.uuid(row, "id"),
                Sql.uuid(row, "database_id"),
                Sql.uuid(row, "owner_id"),
                Sql.uuid(row, "requested_by"),
                Format.valueOf(row.getString("format").toUpperCase(Locale.ROOT)),
                Mapping.parse(row.getString("mapping")),
                (Long) row.getObject("total"),
                row.getLong("position"),
                row.getInt("attempts")));
  }

  /** Holds the job for longer; false when it is another's by now. */
  boolean renew(UUID importId, UUID worker) {
    return sql.update(
            Statement.of(
                "update import set leased_until = %s where id = ? and worker = ?".formatted(LEASE),
                importId,
                worker))
        == 1;
  }

  void counted(UUID importId, UUID worker, long total) {
    sql.update(
        Statement.of(
            "update import set total = ? where id = ? and worker = ?", total, importId, worker));
  }

  /**
   * Makes sure, and keeps it so until the transaction ends, that the job is still this worker's and
   * stands where the worker believes: a slow worker that was given up for dead finds out here.
   */
  boolean hold(UUID importId, UUID worker, long position) {
    return sql.first(
            Statement.of(
                "select 1 from import where id = ? and worker = ? and position = ?"
                    + " and status = 'running' for update",
                importId,
                worker,
                position),
            row -> true)
        != null;
  }

  /** Notes, in the transaction of their effect, that rows of a job on hold had it. */
  void advance(UUID importId, int rows, int done) {
    sql.update(
        Statement.of(
            """
            update import
            set position = position + ?, done = done + ?, failed = failed + ?, leased_until = %s,
              attempts = 0
            where id = ?
            """
                .formatted(LEASE),
            rows,
            done,
            rows - done,
            importId));
  }

  /** The counts at the end, or null when the job is no longer the worker's to finish. */
  @Nullable ImportFinished finish(
      ImportJob job, UUID worker, @Nullable String problem, Instant now) {
    return sql.first(
        Statement.of(
            """
            update import set status = ?, problem = ?, finished_at = ?, leased_until = null
            where id = ? and worker = ? and status = 'running'
            returning status, done, failed
            """,
            problem == null ? "succeeded" : "failed",
            problem,
            now,
            job.id(),
            worker),
        row ->
            new ImportFinished(
                job.id(),
                job.databaseId(),
                row.getString("status"),
                row.getLong("done"),
                row.getLong("failed"),
                job.ownerId()));
  }
}
