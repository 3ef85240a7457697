package dev.autopilot.events.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How much waits and since when, sampled; how much went out and how often that failed. */
@Singleton
class RelayMetrics {
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  /** Counting stops at a number that is alarming anyway. Each lane's first row is its oldest. */
  private static final String BACKLOG =
      """
      select (select count(*) from (select from outbox limit 100000) as counted),
             (select min(oldest.created_at)
              from generate_series(0, %d) as lane
              cross join lateral (select created_at from outbox
                where outbox.lane = lane.lane order by seq limit 1) as oldest)
      """
          .formatted(Lanes.COUNT - 1);

  private final Counter published;
  private final Counter failures;
  private volatile double waiting;
  private volatile @Nullable Instant oldest;
  private long sampledAt = System.nanoTime() - INTERVAL.toNanos();

  RelayMetrics(MeterRegistry registry) {
    published =
        Counter.builder("autopilot.outbox.published")
            .description("Records that Kafka acknowledged")
            .register(registry);
    failures =
        Counter.builder("autopilot.outbox.failures")
            .description("Passes that Kafka or the database ended")
            .register(registry);
    Gauge.builder("autopilot.outbox.waiting", () -> waiting)
        .description("Rows committed and not yet acknowledged, counted up to 100,000")
        .register(registry);
    Gauge.builder("autopilot.outbox.age", this::age)
        .description("Age of the oldest row that waits")
        .baseUnit("seconds")
        .register(registry);
  }

  void published(int records) {
    published.increment(records);
  }

  void failed() {
    failures.increment();
  }

  /** Looks again when the last look is old enough; called at every sweep. */
  synchronized void sample(Connection connection) throws SQLException {
    if (System.nanoTime() - sampledAt < INTERVAL.toNanos()) {
      return;
    }
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(BACKLOG)) {
      row.next();
      waiting = row.getLong(1);
      Timestamp first = row.getTimestamp(2);
      oldest = first == null ? null : first.toInstant();
    }
    sampledAt = System.nanoTime();
  }

  private double age() {
    Instant since = oldest;
    return since == null ? 0 : Math.max(0, Duration.between(since, Instant.now()).toMillis() / 1e3);
  }
}
