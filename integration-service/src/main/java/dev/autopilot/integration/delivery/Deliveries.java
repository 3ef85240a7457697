package dev.autopilot.integration.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import dev.autopilot.events.database.Expiring;
import dev.autopilot.events.envelope.EventJson;
import dev.autopilot.integration.endpoint.Receiver;
import dev.autopilot.integration.signature.Arrival;
import dev.autopilot.integration.signature.Refusal;
import dev.autopilot.integration.signature.Scheme;
import dev.autopilot.kernel.page.Cursor;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * Deliveries by their endpoint, written in SQL so that a list reads no more of the bodies than it
 * shows.
 */
@ApplicationScoped
class Deliveries implements Expiring {
  private static final int SHOWN_IN_LISTS = 4096;
  private static final int WHOLE = Integer.MAX_VALUE;

  private static final String INSERT =
      """
      insert into delivery
        (id, endpoint_id, owner_id, status, refusal, scheme, headers, query, size, body, created_at)
      """;

  /** Counted over the partial index, which never holds more than a few. */
  private static final String IF_FEW_LATELY =
      """
      where (select count(*) from delivery
        where endpoint_id = ? and status = 'REJECTED' and created_at > ?) < ?
      """;

  private static final String FORGET_OLD_REJECTED =
      """
      delete from delivery where id in (
        select id from delivery where endpoint_id = ? and status = 'REJECTED'
        order by id desc offset ? for update skip locked)
      """;

  private static final String SELECT =
      """
      select id, endpoint_id, created_at, status, refusal, headers, query, size,
        substring(body for ?) as beginning, replays
      from delivery where owner_id = ? and endpoint_id = ?
      """;

  private final Session session;
  private final WebhookSettings settings;

  Deliveries(Session session, WebhookSettings settings) {
    this.session = session;
    this.settings = settings;
  }

  void add(UUID id, Receiver receiver, Arrival arrival, Instant now) {
    session.doWork(connection -> {
      try (PreparedStatement insert =
          connection.prepareStatement(INSERT + "values (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?)")) {
        bind(insert, id, receiver, arrival, null, now);
        insert.executeUpdate();
      }
    });
  }

  /** Anybody may have anything rejected, so only a few at a time are noted, and only the last. */
  void addRejected(UUID id, Receiver receiver, Arrival arrival, Refusal refusal, Instant now) {
    session.doWork(connection -> {
      try (PreparedStatement insert =
              connection.prepareStatement(
                  INSERT + "select ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ? " + IF_FEW_LATELY);
          PreparedStatement forget = connection.prepareStatement(FORGET_OLD_REJECTED)) {
        int next = bind(insert, id, receiver, arrival, refusal, now);
        insert.setObject(next, receiver.endpointId());
        insert.setObject(next + 1, timestamp(now.minus(Duration.ofMinutes(1))));
        insert.setInt(next + 2, settings.rejectedPerMinute());
        if (insert.executeUpdate() == 1) {
          forget.setObject(1, receiver.endpointId());
          forget.setInt(2, settings.rejectedKept());
          forget.executeUpdate();
        }
      }
    });
  }

  private static int bind(
      PreparedStatement insert,
      UUID id,
      Receiver receiver,
      Arrival arrival,
      @Nullable Refusal refusal,
      Instant now)
      throws SQLException {
    DeliveryStatus status = refusal == null ? DeliveryStatus.RECEIVED : DeliveryStatus.REJECTED;
    insert.setObject(1, id);
    insert.setObject(2, receiver.endpointId());
    insert.setObject(3, receiver.ownerId());
    insert.setString(4, status.name());
    insert.setString(5, refusal == null ? null : refusal.name());
    insert.setString(6, receiver.scheme().name());
    insert.setString(7, EventJson.write(KeptHeaders.of(arrival)));
    insert.setString(8, arrival.query());
    insert.setInt(9, arrival.size());
    insert.setBytes(10, refusal == null ? arrival.body() : null);
    insert.setObject(11, timestamp(now));
    return 12;
  }

  /** The newest first: ids are in order of their making. */
  List<DeliveryView> page(UUID owner, UUID endpoint, @Nullable Cursor cursor, int limit) {
    @Nullable UUID before = cursor == null ? null : cursor.uuid(0);
    String sql = SELECT + (before == null ? "" : "and id < ? ") + "order by id desc limit ?";
    return session.doReturningWork(connection -> {
      try (PreparedStatement select = connection.prepareStatement(sql)) {
        select.setInt(1, SHOWN_IN_LISTS);
        select.setObject(2, owner);
        select.setObject(3, endpoint);
        int next = 4;
        if (before != null) {
          select.setObject(next++, before);
        }
        select.setInt(next, limit);
        return read(select);
      }
    });
  }

  static Cursor cursorOf(DeliveryView delivery) {
    return Cursor.of(delivery.id());
  }

  /** With all of its body. */
  DeliveryView of(UUID owner, UUID endpoint, UUID id) {
    return one(owner, endpoint, id, WHOLE);
  }

  /** As lists show it. */
  DeliveryView briefly(UUID owner, UUID endpoint, UUID id) {
    return one(owner, endpoint, id, SHOWN_IN_LISTS);
  }

  private DeliveryView one(UUID owner, UUID endpoint, UUID id, int bytes) {
    List<DeliveryView> found =
        session.doReturningWork(connection -> {
          try (PreparedStatement select = connection.prepareStatement(SELECT + "and id = ?")) {
            select.setInt(1, bytes);
            select.setObject(2, owner);
            select.setObject(3, endpoint);
            select.setObject(4, id);
            return read(select);
          }
        });
    if (found.isEmpty()) {
      throw DeliveryError.DELIVERY_NOT_FOUND.about(id);
    }
    return found.getFirst();
  }

  long count(UUID owner, UUID endpoint) {
    return session.doReturningWork(connection -> {
      try (PreparedStatement count =
          connection.prepareStatement(
              "select count(*) from delivery where owner_id = ? and endpoint_id = ?")) {
        count.setObject(1, owner);
        count.setObject(2, endpoint);
        try (ResultSet row = count.executeQuery()) {
          row.next();
          return row.getLong(1);
        }
      }
    });
  }

  /** Counts one more replay and says what is to be told; null when there is none to replay. */
  @Nullable WebhookReceived replayed(UUID owner, UUID endpoint, UUID id) {
    return session.doReturningWork(connection -> {
      try (PreparedStatement update =
          connection.prepareStatement(
              """
              update delivery set replays = replays + 1
              where owner_id = ? and endpoint_id = ? and id = ? and status = 'RECEIVED'
              returning scheme, headers ->> 'content-type', size, replays
              """)) {
        update.setObject(1, owner);
        update.setObject(2, endpoint);
        update.setObject(3, id);
        try (ResultSet row = update.executeQuery()) {
          return row.next()
              ? new WebhookReceived(
                  endpoint,
                  id,
                  Scheme.valueOf(row.getString(1)),
                  row.getString(2),
                  row.getInt(3),
                  row.getInt(4),
                  owner)
              : null;
        }
      }
    });
  }

  private static List<DeliveryView> read(PreparedStatement select) throws SQLException {
    List<DeliveryView> found = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        found.add(view(row));
      }
    }
    return found;
  }

  private static DeliveryView view(ResultSet row) throws SQLException {
    byte[] beginning = row.getBytes("beginning");
    int size = row.getInt("size");
    boolean cut = beginning != null && beginning.length < size;
    Content content = beginning == null ? null : Content.of(beginning, cut);
    String refusal = row.getString("refusal");
    return new DeliveryView(
        row.getObject("id", UUID.class),
        row.getObject("endpoint_id", UUID.class),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        DeliveryStatus.valueOf(row.getString("status")),
        refusal == null ? null : Refusal.valueOf(refusal),
        headers(row.getString("headers")),
        row.getString("query"),
        size,
        content == null ? null : content.text(),
        content == null ? null : content.encoding(),
        cut,
        row.getInt("replays"),
        List.of());
  }

  private static Map<String, String> headers(String json) {
    Map<String, String> headers = new TreeMap<>();
    JsonNode tree = EventJson.read(json.getBytes(StandardCharsets.UTF_8));
    tree.properties().forEach(header -> headers.put(header.getKey(), header.getValue().asText()));
    return headers;
  }

  private static OffsetDateTime timestamp(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  @Override
  public String table() {
    return "delivery";
  }

  @Override
  public Duration keptFor() {
    return settings.retention();
  }
}
