package dev.autopilot.events.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.autopilot.events.envelope.EventJson;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The rows of the lanes whose locks this session has got. */
final class LockedLanes {
  /** Session locks of our own: the first key is the schema's, the second the lane's. */
  private static final String LOCK_KEYS =
      "(hashtext('autopilot.outbox.' || current_schema()), lane)";

  private static final String LOCK =
      "select lane, pg_try_advisory_lock" + LOCK_KEYS + " from unnest(?) as wanted (lane)";
  private static final String UNLOCK =
      "select lane, pg_advisory_unlock" + LOCK_KEYS + " from unnest(?) as held (lane)";

  /**
   * The first rows of each, together bounded by bytes; a large row goes alone. It is the highest
   * numbers that are cut off, so that each lane's rows begin with its first. octet_length reads the
   * size of a row stored out of line without fetching it.
   */
  static final String NEXT =
      """
      select lane, seq, topic, key, headers, payload
      from (
        select first.*, sum(octet_length(payload)) over (
            order by seq rows between unbounded preceding and 1 preceding) as bytes_before
        from unnest(?) as held (lane)
        cross join lateral
          (select * from outbox where outbox.lane = held.lane order by seq limit ?) as first
      ) as bounded
      where coalesce(bytes_before, 0) < ?
      order by seq
      """;

  static final String DELETE =
      """
      delete from outbox using unnest(?, ?) as sent (lane, seq)
      where outbox.lane = sent.lane and outbox.seq = sent.seq
      """;

  private static final long MAX_BYTES = 4L * 1024 * 1024;

  private final Connection connection;
  private final Set<Integer> held;

  private LockedLanes(Connection connection, Set<Integer> held) {
    this.connection = connection;
    this.held = held;
  }

  /** A row and where it goes. */
  record Entry(int lane, long seq, ProducerRecord<byte[], byte[]> message) {}

  /**
   * The first rows of all the lanes, in the order of their numbers.
   *
   * @param emptied the lanes that held no others when they were read
   */
  record Batch(List<Entry> entries, Set<Integer> emptied) {}

  /** Locks those of the lanes that no other replica has. */
  static LockedLanes tryLock(Connection connection, Collection<Integer> lanes) throws SQLException {
    return new LockedLanes(connection, whereTrue(connection, LOCK, lanes));
  }

  Set<Integer> numbers() {
    return held;
  }

  void unlock() throws SQLException {
    whereTrue(connection, UNLOCK, held);
  }

  /** About {@code limit} rows at most, of each lane its part. */
  Batch next(int limit) throws SQLException {
    int ofEach = Math.max(1, limit / Math.max(1, held.size()));
    List<Entry> entries = new ArrayList<>();
    Map<Integer, Integer> rows = new HashMap<>();
    long bytes = 0;
    try (PreparedStatement select = connection.prepareStatement(NEXT)) {
      select.setArray(1, numbers(connection, held));
      select.setInt(2, ofEach);
      select.setLong(3, MAX_BYTES);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          Entry entry = entry(row);
          entries.add(entry);
          rows.merge(entry.lane(), 1, Integer::sum);
          byte[] payload = entry.message().value();
          bytes += payload == null ? 0 : payload.length;
        }
      }
    }
    Set<Integer> emptied = new HashSet<>();
    if (bytes < MAX_BYTES) {
      emptied.addAll(held);
      emptied.removeIf(lane -> rows.getOrDefault(lane, 0) == ofEach);
    }
    return new Batch(entries, emptied);
  }

  void delete(List<Entry> sent) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
      delete.setArray(1, numbers(connection, sent.stream().map(Entry::lane).toList()));
      delete.setArray(
          2, connection.createArrayOf("int8", sent.stream().map(Entry::seq).toArray(Long[]::new)));
      delete.executeUpdate();
    }
  }

  private static Set<Integer> whereTrue(
      Connection connection, String function, Collection<Integer> lanes) throws SQLException {
    Set<Integer> yes = new HashSet<>();
    try (PreparedStatement call = connection.prepareStatement(function)) {
      call.setArray(1, numbers(connection, lanes));
      try (ResultSet row = call.executeQuery()) {
        while (row.next()) {
          if (row.getBoolean(2)) {
            yes.add(row.getInt(1));
          }
        }
      }
    }
    return yes;
  }

  private static Array numbers(Connection connection, Collection<Integer> lanes)
      throws SQLException {
    return connection.createArrayOf("int4", lanes.toArray(Integer[]::new));
  }

  private static Entry entry(ResultSet row) throws SQLException {
    String payload = row.getString("payload");
    ProducerRecord<byte[], byte[]> message =
        new ProducerRecord<>(
            row.getString("topic"),
            bytes(row.getString("key")),
            payload == null ? null : bytes(payload));
    EventJson.read(bytes(row.getString("headers")))
        .properties()
        .forEach(
            header -> message.headers().add(header.getKey(), bytes(header.getValue().asText())));
    return new Entry(row.getInt("lane"), row.getLong("seq"), message);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
