package dev.autopilot.projects.file;

import dev.autopilot.events.worker.Worker;
import dev.autopilot.projects.file.store.FileStore;
import dev.autopilot.projects.sql.Sql;
import dev.autopilot.projects.sql.Statement;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deletes content that is no file's: of uploads given up, files deleted, crashes survived. */
@ApplicationScoped
class CollectOrphans {
  private static final Duration INTERVAL = Duration.ofMinutes(10);
  private static final int AT_ONCE = 500;

  private final Sql sql;
  private final FileStore store;
  private final FileSettings settings;
  private @Nullable Worker worker;

  CollectOrphans(Sql sql, FileStore store, FileSettings settings) {
    this.sql = sql;
    this.store = store;
    this.settings = settings;
  }

  void onStart(@Observes StartupEvent start) {
    worker = Worker.startWithin(INTERVAL, "orphans", this::collect);
  }

  void onStop(@Observes ShutdownEvent stop) {
    if (worker != null) {
      worker.close();
    }
  }

  void collect() throws IOException {
    double patience = settings.abandonedAfter().toSeconds();
    sql.update(
        Statement.of(
            """
            with gone as (delete from upload where created_at < now() - make_interval(secs => ?)
                          returning id, file_id),
                 pieces as (delete from file_part where file_id in
                              (select id from gone where file_id is null) returning key)
            insert into orphan (key, created_at) select key, 'epoch' from pieces
            """,
            patience));
    // From now on nobody makes them a file's any more.
    sql.update(
        Statement.of(
            "update orphan set created_at = 'epoch'"
                + " where created_at < now() - make_interval(secs => ?)",
            patience));
    for (List<String> keys = some(); !keys.isEmpty(); keys = some()) {
      for (String key : keys) {
        store.delete(key);
        sql.update(Statement.of("delete from orphan where key = ?", key));
      }
    }
  }

  private List<String> some() {
    return sql.list(
        Statement.of("select key from orphan where created_at = 'epoch' limit " + AT_ONCE),
        row -> row.getString("key"));
  }
}
