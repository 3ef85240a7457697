package dev.autopilot.projects.file;

import dev.autopilot.events.worker.Worker;
import dev.autopilot.projects.erasure.PersonLeft;
import dev.autopilot.projects.record.DeleteRecords;
import dev.autopilot.projects.sql.Sql;
import dev.autopilot.projects.sql.Statement;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Erases the files of people who left, one after the other. Records that point at one let go of it,
 * even where they require it: nothing keeps a person here. What can't be erased is passed over and
 * tried again in the next round.
 */
@ApplicationScoped
class EraseFiles {
  private static final Duration LOOK_AROUND = Duration.ofMinutes(1);
  private static final int RECORDS_AT_ONCE = 1_000;
  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private final Sql sql;
  private final Files files;
  private final FileContents contents;
  private final DeleteRecords records;
  private @Nullable Worker worker;

  EraseFiles(Sql sql, Files files, FileContents contents, DeleteRecords records) {
    this.sql = sql;
    this.files = files;
    this.contents = contents;
    this.records = records;
  }

  void onStart(@Observes StartupEvent start) {
    worker = Worker.start("files of those who left", LOOK_AROUND, this::eraseAll);
  }

  void onStop(@Observes ShutdownEvent stop) {
    if (worker != null) {
      worker.close();
    }
  }

  void onLeaving(@Observes(during = TransactionPhase.AFTER_SUCCESS) PersonLeft left) {
    if (worker != null) {
      worker.wake();
    }
  }

  /** Goes through everybody's, and fails in the end if anything did: then it is logged once. */
  private void eraseAll() throws InterruptedException {
    IllegalStateException failure = null;
    for (UUID person :
        sql.list(
            Statement.of("select user_id from leaver order by left_at"),
            row -> Sql.uuid(row, "user_id"))) {
      UUID file = next(person, BEFORE_ALL);
      while (file != null) {
        try {
          erase(person, file);
        } catch (RuntimeException reason) {
          if (failure == null) {
            failure = new IllegalStateException("Can't erase file " + file + " yet", reason);
          }
        }
        file = next(person, file);
      }
      QuarkusTransaction.requiringNew().run(() -> end(person));
    }
    if (failure != null) {
      throw failure;
    }
  }

  private @Nullable UUID next(UUID person, UUID behind) {
    return sql.first(
        Statement.of(
            "select id from file where owner_id = ? and id > ? order by id limit 1",
            person,
            behind),
        row -> Sql.uuid(row, "id"));
  }

  private void erase(UUID person, UUID file) throws InterruptedException {
    boolean more = true;
    while (more) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      more = QuarkusTransaction.requiringNew().call(() -> eraseSome(person, file));
    }
  }

  /** So many records let go of it; if those were the last ones it is gone. */
  private boolean eraseSome(UUID person, UUID file) {
    if (!files.lock(file)) {
      return false;
    }
    UUID project =
        sql.first(
            Statement.of(
                "select p.id from file f join project p on p.id = f.project_id"
                    + " where f.id = ? and not p.erasing",
                file),
            row -> Sql.uuid(row, "id"));
    if (project != null && records.letSomeGoOfFile(project, person, file, RECORDS_AT_ONCE)) {
      return true;
    }
    files.delete(file);
    contents.abandonAll(file);
    return false;
  }

  /**
   * Uploads go with the last file; whoever became a file meanwhile has its turn in the next round.
   */
  private void end(UUID person) {
    List<UUID> unfinished =
        sql.list(
            Statement.of(
                "delete from upload where owner_id = ? and file_id is null returning id", person),
            row -> Sql.uuid(row, "id"));
    unfinished.forEach(contents::abandonAll);
    sql.update(Statement.of("delete from upload where owner_id = ?", person));
    sql.update(
        Statement.of(
            "delete from leaver where user_id = ?"
                + " and not exists (select from file where owner_id = leaver.user_id)",
            person));
  }
}
