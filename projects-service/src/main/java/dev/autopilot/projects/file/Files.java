package dev.autopilot.projects.file;

import dev.autopilot.kernel.page.Cursor;
import dev.autopilot.kernel.page.Page;
import dev.autopilot.kernel.page.PageRequest;
import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.projects.sql.Sql;
import dev.autopilot.projects.sql.Statement;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Files, as far as a person may see them: their own, and those of projects they are in. */
@ApplicationScoped
class Files {
  private static final String SEEN =
      """
      from file f
      left join project p on p.id = f.project_id and p.deleted_at is null
      left join member m on m.project_id = p.id and m.user_id = ?
      where (m.user_id is not null or (f.project_id is null and f.owner_id = ?))
      """;

  private final Sql sql;

  Files(Sql sql) {
    this.sql = sql;
  }

  void add(FileView file, UUID ownerId) {
    sql.update(
        Statement.of(
            "insert into file (id, owner_id, project_id, name, content_type, size, sha256, created_at)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?)",
            file.id(),
            ownerId,
            file.projectId(),
            file.name(),
            file.contentType(),
            file.size(),
            file.sha256(),
            file.createdAt()));
    sql.update(Statement.of("delete from orphan where key = ?", file.id().toString()));
  }

  FileView seenBy(UUID userId, UUID fileId) {
    FileView file =
        sql.first(
            Statement.of("select f.* " + SEEN + " and f.id = ?", userId, userId, fileId),
            Files::view);
    if (file == null) {
      throw CommonError.NOT_FOUND.problem();
    }
    return file;
  }

  /** Newest first; of one project or of all. */
  Page<FileView> page(UUID userId, @Nullable UUID projectId, PageRequest request) {
    Statement query = Statement.of("select f.* " + SEEN, userId, userId);
    if (projectId != null) {
      query.add(" and f.project_id = ?", projectId);
    }
    Cursor cursor = request.cursor();
    if (cursor != null) {
      query.add(" and f.id < ?", cursor.uuid(0));
    }
    query.add(" order by f.id desc limit ?", request.limitPlusOne());
    List<FileView> found = sql.list(query, Files::view);
    return Page.of(found, request, file -> Cursor.of(file.id()));
  }

  /** How much a person's files are together; counted while others of theirs wait to be added. */
  long sizeOf(UUID ownerId) {
    sql.execute(
        Statement.of("select pg_advisory_xact_lock(hashtextextended(?, 1))", ownerId.toString()));
    return sql.number(
        Statement.of("select coalesce(sum(size), 0) from file where owner_id = ?", ownerId));
  }

  void delete(UUID fileId) {
    sql.update(
        Statement.of(
            "insert into orphan (key, created_at) values (?, 'epoch')", fileId.toString()));
    sql.update(Statement.of("delete from file where id = ?", fileId));
  }

  /** Content that is about to be written and has no row yet. */
  void announce(UUID fileId) {
    sql.update(Statement.of("insert into orphan (key) values (?)", fileId.toString()));
  }

  private static FileView view(ResultSet row) throws SQLException {
    return new FileView(
        Sql.uuid(row, "id"),
        row.getString("name"),
        row.getString("content_type"),
        row.getLong("size"),
        row.getString("sha256"),
        row.getObject("project_id", UUID.class),
        Sql.instant(row, "created_at"));
  }
}
