package dev.autopilot.projects.erasure;

import dev.autopilot.projects.sql.Sql;
import dev.autopilot.projects.sql.Statement;
import dev.autopilot.projects.storage.Links;
import dev.autopilot.projects.storage.RecordTables;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Takes projects and databases out of the world, with everything that hangs on them. What is due is
 * marked first, and gone for everybody with that; then it goes in steps, each a transaction that
 * touches so many rows, or one table. Whatever dies in between, the mark is there and the next step
 * goes on; two that work on the same take turns.
 */
@ApplicationScoped
class Erasure {
  private static final int AT_ONCE = 5_000;

  /** What hangs on a database and may be much: none of it is read once the database is marked. */
  private static final List<String> PARTS =
      List.of(
          "revision where database_id = ?",
          "import_part where import_id in (select id from import where database_id = ?)",
          "import_error where import_id in (select id from import where database_id = ?)");

  private final Sql sql;
  private final RecordTables tables;
  private final Links links;
  private final Event<PersonLeft> left;

  Erasure(Sql sql, RecordTables tables, Links links, Event<PersonLeft> left) {
    this.sql = sql;
    this.tables = tables;
    this.links = links;
    this.left = left;
  }

  /**
   * Everything that belongs to a person, and the person's traces in what belongs to others: there
   * the records stay, since they are the others' data, and only who made them is forgotten.
   * Projects are out of sight when this returns, and erased after it.
   */
  @Transactional
  void erasePerson(UUID userId) {
    sql.update(
        Statement.of(
            "update project set erasing = true, deleted_at = coalesce(deleted_at, now())"
                + " where owner_id = ? and not erasing",
            userId));
    sql.update(
        Statement.of("insert into leaver (user_id) values (?) on conflict do nothing", userId));
    sql.update(Statement.of("delete from member where user_id = ?", userId));
    left.fire(new PersonLeft(userId));
  }

  /**
   * Marks what has been deleted for so long. Finding it and locking it is one statement: what is
   * being restored is passed over, and whoever would restore it from now on waits and then finds it
   * gone.
   */
  @Transactional
  void markDeletedFor(Duration time) {
    for (String table : List.of("project", "database")) {
      sql.update(
          Statement.of(
              "update "
                  + table
                  + " set erasing = true where id in (select id from "
                  + table
                  + " where deleted_at < now() - make_interval(secs => ?) and not erasing"
                  + " for update skip locked)",
              (double) time.toSeconds()));
    }
  }

  /** Those marked, alone or with their project. */
  List<UUID> databases() {
    return sql.list(
        Statement.of(
            "select id from database where erasing union"
                + " select d.id from database d join project p on p.id = d.project_id"
                + " where p.erasing"),
        row -> Sql.uuid(row, "id"));
  }

  /** Those marked. */
  List<UUID> projects() {
    return sql.list(
        Statement.of("select id from project where erasing"), row -> Sql.uuid(row, "id"));
  }

  /**
   * Makes what hangs on a database less by so many rows.
   *
   * @return whether there may be more of it
   */
  @Transactional
  boolean eraseSomeOf(UUID databaseId) {
    if (lock("database", databaseId) == null) {
      return false;
    }
    for (String part : PARTS) {
      String table = part.substring(0, part.indexOf(' '));
      int erased =
          sql.update(
              Statement.of(
                  "delete from "
                      + table
                      + " where ctid = any (array(select ctid from "
                      + part
                      + " limit ?))",
                  databaseId,
                  AT_ONCE));
      if (erased > 0) {
        return true;
      }
    }
    return false;
  }

  /** Lets a part of a database's records point at nothing; null when there was no part left. */
  @Transactional
  @Nullable UUID eraseLinks(UUID databaseId, @Nullable UUID behind) {
    Long storage = lock("database", databaseId);
    return storage == null ? null : links.removeSome(storage, behind, AT_ONCE);
  }

  /**
   * Takes away a database of which only little is left. Whoever was writing records when it was
   * marked has ended, and whoever begins finds none.
   */
  @Transactional
  void eraseDatabase(UUID databaseId) {
    sql.execute(
        Statement.of(
            "select pg_advisory_xact_lock(hashtextextended(?, 0))", databaseId.toString()));
    Long storage = lock("database", databaseId);
    if (storage == null) {
      return;
    }
    for (String part : PARTS) {
      sql.update(Statement.of("delete from " + part, databaseId));
    }
    sql.update(Statement.of("delete from database where id = ?", databaseId));
    tables.drop(storage);
  }

  /**
   * A step of erasing a project whose databases are gone.
   *
   * @return whether another is needed
   */
  @Transactional
  boolean eraseProject(UUID projectId) {
    // Whoever was making a database in it when it was marked has ended once it is locked.
    if (lock("project", projectId) == null) {
      return false;
    }
    if (eraseContents(
            "delete from file where id = any (array("
                + "select id from file where project_id = ? limit "
                + AT_ONCE
                + ")) returning id",
            projectId)
        > 0) {
      return true;
    }
    sql.update(
        Statement.of(
            "delete from project where id = ?"
                + " and not exists (select from database where project_id = project.id)",
            projectId));
    return false;
  }

  /** What is marked, to be changed by nobody else; a database's storage, or null if it is gone. */
  private @Nullable Long lock(String table, UUID id) {
    String storage = table.equals("database") ? "storage" : "0 as storage";
    return sql.first(
        Statement.of("select " + storage + " from " + table + " where id = ? for update", id),
        row -> row.getLong("storage"));
  }

  /** The rows here and now; the content when orphans are next collected. */
  private int eraseContents(String deletion, UUID id) {
    return (int)
        sql.number(
            Statement.of(
                "with gone as ("
                    + deletion
                    + "), pieces as (delete from file_part"
                    + " where file_id in (select id from gone) returning key),"
                    + " kept as (insert into orphan (key, created_at)"
                    + " select key, 'epoch' from pieces)"
                    + " select count(*) from gone",
                id));
  }
}
