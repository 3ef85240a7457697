package dev.autopilot.events.outbox;

import dev.autopilot.events.database.DirectConnections;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
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

  /** After so many batches other lanes, and other replicas, have their turn. */
  private static final int MAX_BATCHES = 20;

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** A connection idle for longer may be dead or ended by the server; see {@link #prepare}. */
  private static final Duration MAX_IDLE = Duration.ofSeconds(30);

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

  /** How a pass over a lane ended. */
  enum Pass {
    EMPTIED,
    MORE,
    TAKEN
  }

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
   * Ends with what was there when it looked: whoever commits later wakes the lane anew. Any
   * exception leaves the lock to {@link #startAfresh}, which ends the session.
   */
  Pass pass(int number, BooleanSupplier closing) throws Exception {
    Lane lane = new Lane(session(), number);
    if (!lane.lock()) {
      return Pass.TAKEN;
    }
    Pass end = Pass.MORE;
    for (int i = 0; i < MAX_BATCHES && end == Pass.MORE && !closing.getAsBoolean(); i++) {
      Lane.Batch batch = lane.next(settings.batch());
      if (!batch.entries().isEmpty()) {
        send(lane, batch.entries());
      }
      if (batch.isAll()) {
        end = Pass.EMPTIED;
      }
    }
    lane.unlock();
    return end;
  }

  /** What was acknowledged is deleted, also when something else failed. */
  private void send(Lane lane, List<Lane.Entry> entries) throws Exception {
    if (delivery == null) {
      delivery = new Delivery(producers.get(), settings.acknowledgement());
    }
    Delivery.Outcome outcome = delivery.send(entries);
    if (!outcome.acknowledged().isEmpty()) {
      lane.delete(outcome.acknowledged());
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
          set enable_seqscan = off; set enable_bitmapscan = off
          """
              .formatted(settings.acknowledgement().plus(MAX_IDLE).toSeconds()));
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
