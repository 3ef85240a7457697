package dev.autopilot.projects.erasure;

import dev.autopilot.events.worker.Worker;
import dev.autopilot.projects.sql.Sql;
import dev.autopilot.projects.sql.Statement;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
  private static final Duration ONE_DAY = Duration.ofDays(1);

  private final Sql sql;
  private final Erasure erasure;
  private final ErasureSettings settings;
  private final Clock clock;
  private @Nullable Worker worker;
  private @Nullable Worker historian;

  EraseDeleted(Sql sql, Erasure erasure, ErasureSettings settings, Clock clock) {
    this.sql = sql;
    this.erasure = erasure;
    this.settings = settings;
    this.clock = clock;
  }

  void onStart(@Observes StartupEvent start) {
    worker = Worker.startWithin(settings.every(), "erasure", this::eraseAll);
    historian = Worker.startWithin(settings.every(), "history", this::forgetHistory);
  }

  void onStop(@Observes ShutdownEvent stop) {
    if (worker != null) {
      worker.close();
    }
    if (historian != null) {
      historian.close();
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

  /**
   * Forgets versions day by day: a statement reads what was written on one, however much there is
   * of the others. No version is older than the oldest database, but for what clocks differ by.
   */
  void forgetHistory() {
    Instant end = clock.instant().minus(settings.keepHistory());
    Instant day =
        sql.first(
            Statement.of("select created_at from database order by created_at limit 1"),
            row -> Sql.instant(row, "created_at"));
    day = day == null ? end : day.minus(ONE_DAY);
    while (day.isBefore(end)) {
      Instant next = day.plus(ONE_DAY);
      while (forgetRevisions(day, next.isBefore(end) ? next : end) == REVISIONS_AT_ONCE) {
        Round.goOn();
      }
      Round.goOn();
      day = next;
    }
  }

  /** A record's newest version stays, as long as its database does: it says where the record is. */
  private int forgetRevisions(Instant from, Instant to) {
    return sql.update(
        Statement.of(
            """
            delete from revision where ctid = any (array(
              select ctid from revision r
              where changed_at >= ? and changed_at < ?
                and exists (select from revision n
                            where n.record_id = r.record_id and n.version > r.version)
              limit ?))
            """,
            from,
            to,
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
