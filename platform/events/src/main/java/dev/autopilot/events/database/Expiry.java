package dev.autopilot.events.database;

import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Deletes what has expired, every ten minutes, a little at a time, in one replica at a time. */
@ApplicationScoped
class Expiry {
  private static final Logger LOG = Logger.getLogger(Expiry.class);
  private static final Duration INTERVAL = Duration.ofMinutes(10);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int BATCH = 1000;

  private final DirectConnections connections;
  private final List<Expiring> tables;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("expiry").factory());

  Expiry(DirectConnections connections, @All List<Expiring> tables) {
    this.connections = connections;
    this.tables = tables;
  }

  void onStart(@Observes StartupEvent start) {
    // Replicas that start together don't clean together.
    long first = ThreadLocalRandom.current().nextLong(INTERVAL.toMillis());
    var _ =
        timer.scheduleWithFixedDelay(this::run, first, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  void onStop(@Observes ShutdownEvent stop) {
    timer.shutdownNow();
  }

  private void run() {
    try {
      clean();
    } catch (SQLException | RuntimeException | Error failure) {
      // Whatever it is: a task that throws is never run again.
      LOG.warnf("Expired rows were not deleted, next time then: %s", failure.getMessage());
    }
  }

  /** Closing the connection ends the session and with it the lock. */
  void clean() throws SQLException {
    try (Connection connection = connections.open("expiry", PATIENCE)) {
      if (!alone(connection)) {
        return;
      }
      for (Expiring table : tables) {
        while (deleteSome(connection, table) == BATCH) {
          if (Thread.currentThread().isInterrupted()) {
            return;
          }
        }
      }
    }
  }

  private static boolean alone(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet lock =
            statement.executeQuery(
                "select pg_try_advisory_lock(hashtext('autopilot.expiry'), hashtext(current_schema()))")) {
      return lock.next() && lock.getBoolean(1);
    }
  }

  /** By primary key's physical place, oldest first, so that no delete is long or locks much. */
  private static int deleteSome(Connection connection, Expiring table) throws SQLException {
    String sql =
        "delete from %1$s where ctid = any (array(select ctid from %1$s where created_at < now() - make_interval(secs => ?::double precision) order by created_at limit %2$d))"
            .formatted(table.table(), BATCH);
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      delete.setLong(1, table.keptFor().toSeconds());
      return delete.executeUpdate();
    }
  }
}
