package dev.autopilot.projects.erasure;

import dev.autopilot.events.worker.Worker;
import dev.autopilot.projects.sql.Sql;
import dev.autopilot.projects.sql.Statement;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import org.jspecify.annotations.Nullable;

/**
 * Erases what has been deleted for long enough, and versions of records that are older than history
 * is kept. One thing a transaction, so that none is long; replicas share the work.
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

  void eraseAll() {
    while (erasure.eraseProjectDeletedFor(settings.keepDeleted())
        || erasure.eraseDatabaseDeletedFor(settings.keepDeleted())
        || forgetRevisions() == REVISIONS_AT_ONCE) {
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
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
}
