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
        and not exists (select from leaver l where l.user_id = f.owner_id)
      """;

  /** Words of a name, also of one such as {@code annual_report-2026.pdf}. */
  static final String SEARCH_OF_NAME =
      "to_tsvector('simple', regexp_replace(?, '[^[:alnum:]]+', ' ', 'g'))";

  private static final int MAX_SEARCH = 500;

  private final Sql sql;

  Files(Sql sql) {
    this.sql = sql;
  }

  void add(FileView file, UUID ownerId) {
    sql.update(
        Statement.of(
            "insert into file (id, owner_id, project_id, name, content_type, size, sha256,"
                + " created_at, search) values (?, ?, ?, ?, ?, ?, ?, ?, "
                + SEARCH_OF_NAME
                + ")",
            file.id(),
            ownerId,
            file.projectId(),
            file.name(),
            file.contentType(),
            file.size(),
            file.sha256(),
            file.createdAt(),
            file.name()));
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

  /**
   * Newest first; of one project or of all.
   *
   * @param search words of which all are to be found in a file's name and text
   */
  Page<FileView> page(
      UUID userId, @Nullable UUID projectId, @Nullable String search, PageRequest request) {
    Statement found = Statement.of(SEEN, userId, userId);
    if (projectId != null) {
      found.add(" and f.project_id = ?", projectId);
    }
    if (search != null && !search.isBlank()) {
      if (search.length() > MAX_SEARCH || search.indexOf('\0') >= 0) {
        throw CommonError.VALIDATION_FAILED.at(
            "/q", "At most " + MAX_SEARCH + " characters of text.");
      }
      found.add(" and f.search @@ websearch_to_tsquery('simple', ?)", search);
    }
    Statement query = Statement.of("select f.* ").add(found);
    Cursor cursor = request.cursor();
    if (cursor != null) {
      query.add(" and f.id < ?", cursor.uuid(0));
    }
    query.add(" order by f.id desc limit ?", request.limitPlusOne());
    Long total = request.count() ? sql.number(Statement.of("select count(*) ").add(found)) : null;
    return Page.of(sql.list(query, Files::view), request, file -> Cursor.of(file.id()))
        .withTotal(total);
  }

  /** How much a person's files are together; counted while others of theirs wait to be added. */
  long sizeOf(UUID ownerId) {
    sql.execute(
        Statement.of("select pg_advisory_xact_lock(hashtextextended(?, 1))", ownerId.toString()));
    return sql.number(
        Statement.of(
            """
            select (select coalesce(sum(size), 0) from file where owner_id = ?)
                 + (select coalesce(sum(size), 0) from upload where owner_id = ? and file_id is null)
            """,
            ownerId,
            ownerId));
  }

  /** Whether it is still there; nobody begins to point at it until the transaction ends. */
  boolean lock(UUID fileId) {
    return sql.first(
            Statement.of("select id from file where id = ? for update", fileId), row -> true)
        != null;
  }

  void delete(UUID fileId) {
    sql.update(Statement.of("delete from file where id = ?", fileId));
  }

  private static FileView view(ResultSet row) throws SQLException {
    return new FileView(
        Sql.uuid(row, "id"),
        row.getString("name"),
        row.getString("content_type"),
        row.getLong("size"),
        row.getString("sha256"),
        row.getObject("project_id", UUID.class),
        Sql.instant(row, "created_at"),
        TextStatus.valueOf(row.getString("text_status")));
  }
}
