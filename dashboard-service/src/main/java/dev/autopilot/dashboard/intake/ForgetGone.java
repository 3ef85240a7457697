package dev.autopilot.dashboard.intake;

import dev.autopilot.events.worker.Worker;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Forgets containers that have been gone for so long that they can't come back, and with them, in
 * the same transaction, what was counted in them: it would show otherwise.
 */
@ApplicationScoped
class ForgetGone {
  private static final Duration EVERY = Duration.ofHours(1);
  private static final int AT_ONCE = 100;

  private static final String FORGET =
      """
      with forgotten as (
        delete from gone where id in (
          select id from gone where created_at < now() - make_interval(secs => ?::double precision)
          order by created_at limit ?)
        returning id, times
      )
      select count(*), coalesce(array_agg(id) filter (where times > 0), '{}') from forgotten
      """;

  /** By the arrays' values, each of the two has its index. */
  private static final String SWEEP = "delete from tally where container = any(?) or root = any(?)";

  private final DataSource database;
  private final Duration keptFor;
  private @Nullable Worker worker;

  /**
   * @param keptFor longer than projects-service keeps what is deleted ({@code
   *     autopilot.erasure.keep-deleted}, 30 days) and its events are on their way
   */
  ForgetGone(
      DataSource database,
      @ConfigProperty(name = "autopilot.deleted.kept-for", defaultValue = "P90D")
          Duration keptFor) {
    this.database = database;
    this.keptFor = keptFor;
  }

  void onStart(@Observes StartupEvent start) {
    worker = Worker.startWithin(EVERY, "forget what is gone", this::run);
  }

  void onStop(@Observes ShutdownEvent stop) {
    if (worker != null) {
      worker.close();
    }
  }

  void run() {
    int some;
    do {
      some = QuarkusTransaction.requiringNew().call(this::batch);
    } while (some == AT_ONCE && !Thread.currentThread().isInterrupted());
  }

  private int batch() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement forget = connection.prepareStatement(FORGET)) {
      Fold.takeTurn(connection);
      forget.setLong(1, keptFor.toSeconds());
      forget.setInt(2, AT_ONCE);
      try (ResultSet forgotten = forget.executeQuery()) {
        forgotten.next();
        sweep(connection, forgotten.getArray(2));
        return forgotten.getInt(1);
      }
    }
  }

  private static void sweep(Connection connection, Array containers) throws SQLException {
    try (PreparedStatement sweep = connection.prepareStatement(SWEEP)) {
      sweep.setArray(1, containers);
      sweep.setArray(2, containers);
      sweep.executeUpdate();
    }
  }
}
