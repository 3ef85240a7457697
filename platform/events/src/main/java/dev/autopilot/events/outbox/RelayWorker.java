package dev.autopilot.events.outbox;

import dev.autopilot.events.database.DirectConnections;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One thread's means: a connection that holds the locks, and a producer. Both are made when needed.
 */
final class RelayWorker implements AutoCloseable {
  /** How soon a lane is tried again that another replica is working on. */
  static final Duration UNTIL_FREE = Duration.ofMillis(100);

  private static final Logger LOG = Logger.getLogger(RelayWorker.class);

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** A connection idle for longer may be dead or ended by the server; see {@link #prepare}. */
  private static final Duration MAX_IDLE = Duration.ofSeconds(30);

  /** Statistics of a queue are always wrong: a lane is read, and a row is found, by the key. */
  static final String NO_CHOICE =
      """
      set enable_seqscan = off; set enable_bitmapscan = off;
      set enable_hashjoin = off; set enable_mergejoin = off
      """;

  private static final String LANES_WITH_ROWS =
      """
      select lane from generate_series(0, %d) as lane
      where exists (select from outbox where outbox.lane = lane.lane)
      """
          .formatted(Lanes.COUNT - 1);

  private final DirectConnections connections;
  private final Supplier<Producer<byte[], byte[]>> producers;
  private final RelaySettings settings;
  private final RelayMetrics metrics;
  private @Nullable Connection connection;
  private @Nullable Delivery delivery;
  private long usedAt;

  RelayWorker(
      DirectConnections connections,
      Supplier<Producer<byte[], byte[]>> producers,
      RelaySettings settings,
      RelayMetrics metrics) {
    this.connections = connections;
    this.producers = producers;
    this.settings = settings;
    this.metrics = metrics;
  }

  /**
   * How a pass over some lanes ended.
   *
   * @param emptied those that held nothing more
   * @param unfinished those that did
   * @param taken those that another replica is working on
   */
  record Pass(Set<Integer> emptied, Set<Integer> unfinished, Set<Integer> taken) {}

  List<Integer> lanesWithRows() throws SQLException {
    Connection session = session();
    metrics.sample(session);
    List<Integer> lanes = new ArrayList<>();
    try (Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery(LANES_WITH_ROWS)) {
      while (row.next()) {
        lanes.add(row.getInt(1));
      }
    }
    return lanes;
  }

  /**
   * Sends the first rows of all these lanes, then lets others have their turn, and other replicas.
   * Whoever commits after it looked wakes the lane anew. Any exception leaves the locks to {@link
   * #startAfresh}, which ends the session.
   */
  Pass pass(List<Integer> lanes) throws Exception {
    LockedLanes locked = LockedLanes.tryLock(session(), lanes);
    Set<Integer> taken = without(lanes, locked.numbers());
    if (locked.numbers().isEmpty()) {
      return new Pass(Set.of(), Set.of(), taken);
    }
    LockedLanes.Batch batch = locked.next(settings.batch());
    if (!batch.entries().isEmpty()) {
      send(locked, batch.entries());
    }
    locked.unlock();
    return new Pass(batch.emptied(), without(locked.numbers(), batch.emptied()), taken);
  }

  private static Set<Integer> without(Collection<Integer> lanes, Set<Integer> others) {
    Set<Integer> rest = new HashSet<>(lanes);
    rest.removeAll(others);
    return rest;
  }

  /** What was acknowledged is deleted, also when something else failed. */
  private void send(LockedLanes lanes, List<LockedLanes.Entry> entries) throws Exception {
    if (delivery == null) {
      delivery = new Delivery(producers.get(), settings.acknowledgement());
    }
    Delivery.Outcome outcome = delivery.send(entries);
    if (!outcome.acknowledged().isEmpty()) {
      lanes.delete(outcome.acknowledged());
      metrics.published(outcome.acknowledged().size());
    }
    if (outcome.failure() != null) {
      throw outcome.failure();
    }
  }

  private Connection session() throws SQLException {
    if (connection != null && System.nanoTime() - usedAt > MAX_IDLE.toNanos()) {
      closeConnection();
    }
    if (connection == null) {
      connection = connections.open("outbox", PATIENCE);
      prepare(connection);
    }
    usedAt = System.nanoTime();
    return connection;
  }

  /**
   * A relay that hangs, or is cut off, must not keep its lanes: the server ends its session, and
   * with it the locks. Statistics of a queue are always wrong, so the planner gets no choice.
   */
  private void prepare(Connection session) throws SQLException {
    try (Statement statement = session.createStatement()) {
      statement.execute(
          """
          set idle_session_timeout = '%ds';
          set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3;
          %s
          """
              .formatted(settings.acknowledgement().plus(MAX_IDLE).toSeconds(), NO_CHOICE));
    }
  }

  /** Forgets both means: the producer drops what it still holds, then the session's locks end. */
  void startAfresh() {
    if (delivery != null) {
      delivery.close();
      delivery = null;
    }
    closeConnection();
  }

  private void closeConnection() {
    try (Connection _ = connection) {
      connection = null;
    } catch (SQLException alreadyGone) {
      LOG.trace("Closing a dead connection", alreadyGone);
    }
  }

  @Override
  public void close() {
    startAfresh();
  }
}
