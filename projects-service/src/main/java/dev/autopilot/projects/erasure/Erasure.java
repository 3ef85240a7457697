package dev.autopilot.projects.erasure;

import dev.autopilot.projects.sql.Sql;
import dev.autopilot.projects.sql.Statement;
import dev.autopilot.projects.storage.RecordTables;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes projects and databases out of the world, with everything that hangs on them. */
@ApplicationScoped
class Erasure {
  private final Sql sql;
  private final RecordTables tables;

  Erasure(Sql sql, RecordTables tables) {
    this.sql = sql;
    this.tables = tables;
  }

  /**
   * Everything that belongs to a person, and the person's traces in what belongs to others: there
   * the records stay, since they are the others' data, and only who made them is forgotten.
   */
  @Transactional
  void erasePerson(UUID userId) {
    for (UUID project :
        sql.list(
            Statement.of("select id from project where owner_id = ? for update", userId),
            row -> Sql.uuid(row, "id"))) {
      eraseProject(project);
    }
    eraseFiles("owner_id", userId);
    eraseContents("delete from upload where owner_id = ? and file_id is null returning id", userId);
    sql.update(Statement.of("delete from upload where owner_id = ?", userId));
    sql.update(Statement.of("delete from member where user_id = ?", userId));
  }

  /** One project that has been deleted for so long; false when there is none. */
  @Transactional
  boolean eraseProjectDeletedFor(Duration time) {
    UUID due = lockDue("project", time);
    if (due != null) {
      eraseProject(due);
    }
    return due != null;
  }

  /** One database that has been deleted for so long; false when there is none. */
  @Transactional
  boolean eraseDatabaseDeletedFor(Duration time) {
    UUID due = lockDue("database", time);
    if (due != null) {
      eraseDatabase(due);
    }
    return due != null;
  }

  /**
   * Finding it and locking it is one statement: what is being restored is passed over, and whoever
   * would restore it from now on waits and then finds it gone.
   */
  private @Nullable UUID lockDue(String table, Duration time) {
    return sql.first(
        Statement.of(
            "select id from "
                + table
                + " where deleted_at < now() - make_interval(secs => ?)"
                + " order by deleted_at limit 1 for update skip locked",
            (double) time.toSeconds()),
        row -> Sql.uuid(row, "id"));
  }

  private void eraseProject(UUID projectId) {
    for (UUID database :
        sql.list(
            Statement.of("select id from database where project_id = ?", projectId),
            row -> Sql.uuid(row, "id"))) {
      eraseDatabase(database);
    }
    eraseFiles("project_id", projectId);
    sql.update(Statement.of("delete from project where id = ?", projectId));
  }

  private void eraseFiles(String column, UUID id) {
    eraseContents("delete from file where " + column + " = ? returning id", id);
  }

  /** The rows here and now; the content when orphans are next collected. */
  private void eraseContents(String deletion, UUID id) {
    sql.update(
        Statement.of(
            "with gone as ("
                + deletion
                + "), pieces as (delete from file_part"
                + " where file_id in (select id from gone) returning key)"
                + " insert into orphan (key, created_at) select key, 'epoch' from pieces",
            id));
  }

  private void eraseDatabase(UUID databaseId) {
    Long storage =
        sql.first(
            Statement.of("select storage from database where id = ? for update", databaseId),
            row -> row.getLong("storage"));
    if (storage == null) {
      return;
    }
    sql.update(
        Statement.of(
            "delete from import_part where import_id in"
                + " (select id from import where database_id = ?)",
            databaseId));
    sql.update(Statement.of("delete from revision where database_id = ?", databaseId));
    sql.update(Statement.of("delete from link where database_id = ?", databaseId));
    sql.update(Statement.of("delete from database where id = ?", databaseId));
    tables.drop(storage);
  }
}
