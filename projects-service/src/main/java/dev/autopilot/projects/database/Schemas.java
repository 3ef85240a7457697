package dev.autopilot.projects.database;

import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.projects.project.Role;
import dev.autopilot.projects.schema.Schema;
import dev.autopilot.projects.sql.Sql;
import dev.autopilot.projects.sql.Statement;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** A database's schema for whoever works with its records, if the person may. */
@ApplicationScoped
public class Schemas {
  private final Sql sql;

  Schemas(Sql sql) {
    this.sql = sql;
  }

  /** To read records by; 404 unless the person is a member. */
  public Schema readable(UUID databaseId, UUID userId) {
    return find(databaseId, userId).schema();
  }

  /**
   * To write records by, and the promise that it stays as it is until the transaction ends: whoever
   * changes fields waits for those who write records, and the other way round. 404 unless the
   * person is a member, 403 if only to look.
   */
  public Schema writable(UUID databaseId, UUID userId) {
    sql.execute(
        Statement.of(
            "select pg_advisory_xact_lock_shared(hashtextextended(?, 0))", databaseId.toString()));
    Opened opened = find(databaseId, userId);
    if (!opened.role().reaches(Role.EDITOR)) {
      throw CommonError.FORBIDDEN.problem("Only a project's editor may do this.");
    }
    return opened.schema();
  }

  /** Waits for those who write records, and keeps new ones waiting until the transaction ends. */
  void keepWritersOut(UUID databaseId) {
    sql.execute(
        Statement.of(
            "select pg_advisory_xact_lock(hashtextextended(?, 0))", databaseId.toString()));
  }

  private Opened find(UUID databaseId, UUID userId) {
    Opened opened =
        sql.first(
            Statement.of(
                """
                select d.id, d.project_id, p.owner_id, d.storage, d.fields, m.role
                from database d
                join project p on p.id = d.project_id and p.deleted_at is null
                join member m on m.project_id = p.id and m.user_id = ?
                where d.id = ? and d.deleted_at is null
                """,
                userId,
                databaseId),
            row ->
                new Opened(
                    new Schema(
                        Sql.uuid(row, "id"),
                        Sql.uuid(row, "project_id"),
                        Sql.uuid(row, "owner_id"),
                        row.getLong("storage"),
                        Fields.read(row.getString("fields"))),
                    Role.valueOf(row.getString("role"))));
    if (opened == null) {
      throw CommonError.NOT_FOUND.problem();
    }
    return opened;
  }

  private record Opened(Schema schema, Role role) {}
}
