package dev.autopilot.projects.erasure;

import dev.autopilot.events.worker.Worker;
import dev.autopilot.projects.sql.Sql;
import dev.autopilot.projects.sql.Statement;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.transaction.Transactional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Erases what is due, and versions of records that are older than history is kept. No transaction
 * is long, and what can't be erased keeps nothing else from being so: it is tried again in the next
 * round. Replicas share the work.
 */
@ApplicationScoped
class EraseDeleted {
  private static final int REVISIONS_AT_ONCE = 5_000;

  private final Sql sql;
  private final Erasure erasure;
  private final ErasureSettings settings;
  private @Nullable Worker worker;

  EraseDeleted(Sql sql, Erasure erasure, ErasureSettings settings) {
    this.sql = sql;
    this.erasure = erasure;
    this.settings = settings;
  }

  void onStart(@Observes StartupEvent start) {
    worker = Worker.startWithin(settings.every(), "erasure", this::eraseAll);
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

  void eraseAll() {
    Round round = new Round();
    round.attempt("what is due", () -> erasure.markDeletedFor(settings.keepDeleted()));
    round.each("database", erasure.databases(), this::eraseDatabase);
    round.each("project", erasure.projects(), this::eraseProject);
    round.attempt("history", this::forgetHistory);
    round.end();
  }

  private void eraseDatabase(UUID databaseId) {
    while (erasure.eraseSomeOf(databaseId)) {
      Round.goOn();
    }
    UUID place = erasure.eraseLinks(databaseId, null);
    while (place != null) {
      Round.goOn();
      place = erasure.eraseLinks(databaseId, place);
    }
    erasure.eraseDatabase(databaseId);
  }

  private void eraseProject(UUID projectId) {
    while (erasure.eraseProject(projectId)) {
      Round.goOn();
    }
  }

  private void forgetHistory() {
    while (forgetRevisions() == REVISIONS_AT_ONCE) {
      Round.goOn();
    }
  }

  /** A record's newest version stays, as long as its database does: it says where the record is. */
  @Transactional
  int forgetRevisions() {
    return sql.update(
        Statement.of(
            """
            delete from revision where (record_id, version) in (
              select record_id, version from revision r
              where changed_at < now() - make_interval(secs => ?)
                and exists (select from revision n
                            where n.record_id = r.record_id and n.version > r.version)
              limit ?)
            """,
            (double) settings.keepHistory().toSeconds(),
            REVISIONS_AT_ONCE));
  }

  /** Goes through everything, and fails in the end if anything did: then it is logged once. */
  private static final class Round {
    private @Nullable IllegalStateException failure;

    void each(String what, Iterable<UUID> ids, Consumer<UUID> step) {
      for (UUID id : ids) {
        attempt(what + " " + id, () -> step.accept(id));
      }
    }

    void attempt(String what, Runnable part) {
      goOn();
      try {
        part.run();
      } catch (StoppedException stopped) {
        throw stopped;
      } catch (RuntimeException reason) {
        if (failure == null) {
          failure = new IllegalStateException("Can't erase " + what + " yet", reason);
        }
      }
    }

    static void goOn() {
      if (Thread.currentThread().isInterrupted()) {
        throw new StoppedException();
      }
    }

    void end() {
      if (failure != null) {
        throw failure;
      }
    }
  }

  /** The service ends; the next one goes on. */
  private static final class StoppedException extends RuntimeException {}
}
