package dev.autopilot.projects.file;

import dev.autopilot.projects.sql.Sql;
import dev.autopilot.projects.sql.Statement;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Deletes content that is no file's: of uploads given up, files deleted, crashes survived. */
@ApplicationScoped
class CollectOrphans {
  private static final Logger LOG = Logger.getLogger(CollectOrphans.class);
  private static final int EVERY_SECONDS = 600;

  private final Sql sql;
  private final FileStore store;
  private final FileSettings settings;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("orphans").factory());

  CollectOrphans(Sql sql, FileStore store, FileSettings settings) {
    this.sql = sql;
    this.store = store;
    this.settings = settings;
  }

  void onStart(@Observes StartupEvent start) {
    long first = ThreadLocalRandom.current().nextLong(EVERY_SECONDS);
    var _ = timer.scheduleWithFixedDelay(this::run, first, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  void onStop(@Observes ShutdownEvent stop) {
    timer.shutdownNow();
  }

  private void run() {
    try {
      collect();
    } catch (IOException | RuntimeException failure) {
      LOG.warnf("Orphans were not all collected, next time then: %s", failure.getMessage());
    }
  }

  void collect() throws IOException {
    double patience = settings.abandonedAfter().toSeconds();
    sql.update(
        Statement.of(
            "with gone as (delete from upload where created_at < now() - make_interval(secs => ?)"
                + " returning id, received < size as incomplete)"
                + " insert into orphan (key, created_at)"
                + " select id::text, 'epoch' from gone where incomplete",
            patience));
    for (String key :
        sql.list(
            Statement.of(
                "select key from orphan where created_at < now() - make_interval(secs => ?)",
                patience),
            row -> row.getString("key"))) {
      store.delete(key);
      sql.update(Statement.of("delete from orphan where key = ?", key));
    }
  }
}
