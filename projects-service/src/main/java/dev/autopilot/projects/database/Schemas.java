package dev.autopilot.projects.database;

import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.projects.project.Role;
import dev.autopilot.projects.schema.Schema;
import dev.autopilot.projects.sql.Sql;
import dev.autopilot.projects.sql.Statement;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A database's schema for whoever works with its records, if the person may. */
@ApplicationScoped
public class Schemas {
  private static final String SELECT =
      "select d.id, d.project_id, p.owner_id, d.storage, d.fields%s from database d"
          + " join project p on p.id = d.project_id";

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
    keepFieldsAsTheyAre(databaseId);
    Opened opened = find(databaseId, userId);
    if (!opened.role().reaches(Role.EDITOR)) {
      throw CommonError.FORBIDDEN.problem("Only a project's editor may do this.");
    }
    return opened.schema();
  }

  /** Another database of the same project, for relations to it; null when it is gone. */
  public @Nullable Schema sibling(Schema schema, UUID databaseId) {
    return databaseId.equals(schema.databaseId()) ? schema : in(schema.projectId(), databaseId);
  }

  /** The same, of a project, with the promise of {@link #writable}. */
  public @Nullable Schema siblingToWrite(UUID projectId, UUID databaseId) {
    keepFieldsAsTheyAre(databaseId);
    return in(projectId, databaseId);
  }

  /** Whether the project is deleted was asked when the transaction began with a database of it. */
  private @Nullable Schema in(UUID projectId, UUID databaseId) {
    return sql.first(
        Statement.of(
            SELECT.formatted("") + " where d.id = ? and d.project_id = ? and d.deleted_at is null",
            databaseId,
            projectId),
        Schemas::schema);
  }

  private void keepFieldsAsTheyAre(UUID databaseId) {
    sql.execute(
        Statement.of(
            "select pg_advisory_xact_lock_shared(hashtextextended(?, 0))", databaseId.toString()));
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
                SELECT.formatted(", m.role")
                    + " join member m on m.project_id = p.id and m.user_id = ?"
                    + " where d.id = ? and d.deleted_at is null and p.deleted_at is null",
                userId,
                databaseId),
            row -> new Opened(schema(row), Role.valueOf(row.getString("role"))));
    if (opened == null) {
      throw CommonError.NOT_FOUND.problem();
    }
    return opened;
  }

  private static Schema schema(ResultSet row) throws SQLException {
    return new Schema(
        Sql.uuid(row, "id"),
        Sql.uuid(row, "project_id"),
        Sql.uuid(row, "owner_id"),
        row.getLong("storage"),
        Fields.read(row.getString("fields")));
  }

  private record Opened(Schema schema, Role role) {}
}
