package dev.autopilot.events.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.autopilot.events.envelope.EventJson;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The rows of one lane, to whoever holds its lock. */
final class Lane {
  /** Session locks of our own: the first key is the schema's, the second the lane's. */
  private static final String LOCK_KEYS = "(hashtext('autopilot.outbox.' || current_schema()), ?)";

  /**
   * Bounded by number and by bytes; a large row goes alone. octet_length reads the size of a row
   * stored out of line without fetching it.
   */
  private static final String NEXT =
      """
      select seq, topic, key, headers, payload
      from (
        select *, sum(octet_length(payload)) over (
            order by seq rows between unbounded preceding and 1 preceding) as bytes_before
        from (select * from outbox where lane = ? order by seq limit ?) as first) as bounded
      where coalesce(bytes_before, 0) < ?
      order by seq
      """;

  private static final long MAX_BYTES = 4L * 1024 * 1024;

  private final Connection connection;
  private final int number;

  Lane(Connection connection, int number) {
    this.connection = connection;
    this.number = number;
  }

  /** A row and where it goes. */
  record Entry(long seq, ProducerRecord<byte[], byte[]> message) {}

  /**
   * The first rows of a lane.
   *
   * @param isAll whether the lane held no others when they were read
   */
  record Batch(List<Entry> entries, boolean isAll) {}

  /** False when another replica has it. */
  boolean lock() throws SQLException {
    return call("select pg_try_advisory_lock" + LOCK_KEYS);
  }

  void unlock() throws SQLException {
    call("select pg_advisory_unlock" + LOCK_KEYS);
  }

  Batch next(int limit) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(NEXT)) {
      select.setInt(1, number);
      select.setInt(2, limit);
      select.setLong(3, MAX_BYTES);
      List<Entry> entries = new ArrayList<>();
      long bytes = 0;
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          Entry entry = entry(row);
          entries.add(entry);
          byte[] payload = entry.message().value();
          bytes += payload == null ? 0 : payload.length;
        }
      }
      return new Batch(entries, entries.size() < limit && bytes < MAX_BYTES);
    }
  }

  void delete(List<Long> seqs) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("delete from outbox where lane = ? and seq = any (?)")) {
      delete.setInt(1, number);
      delete.setArray(2, connection.createArrayOf("int8", seqs.toArray(Long[]::new)));
      delete.executeUpdate();
    }
  }

  private boolean call(String function) throws SQLException {
    try (PreparedStatement call = connection.prepareStatement(function)) {
      call.setInt(1, number);
      try (ResultSet result = call.executeQuery()) {
        return result.next() && result.getBoolean(1);
      }
    }
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
    return new Entry(row.getLong("seq"), message);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
