package dev.autopilot.events.outbox;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.autopilot.events.database.DirectConnections;
import dev.autopilot.events.envelope.EventJson;
import dev.autopilot.events.envelope.KafkaHeaders;
import dev.autopilot.events.testapp.Kafka;
import dev.autopilot.events.testapp.Listener;
import dev.autopilot.events.testapp.NoteWritten;
import dev.autopilot.events.testapp.Notes;
import dev.autopilot.events.testapp.TestTokens;
import dev.autopilot.events.testapp.WithRealServers;
import dev.autopilot.kernel.Ids;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithRealServers
class OutboxTest {
  private static final String TOPIC = "probe.events.v1";
  private static final String FLAGS = "probe.flags.v1";

  @Inject Notes notes;
  @Inject Outbox outbox;
  @Inject Listener listener;
  @Inject DirectConnections connections;

  @Test
  void anEventThatWasCommittedReachesKafkaWithItsEnvelope() {
    UUID id = notes.create("hello");

    ConsumerRecord<String, byte[]> record =
        await()
            .until(() -> Kafka.read(TOPIC, id.toString()), found -> found.size() == 1)
            .getFirst();
    var envelope = KafkaHeaders.envelope(record.headers());
    assertThat(envelope.type()).isEqualTo(NoteWritten.TYPE);
    assertThat(envelope.source()).isEqualTo("/probe");
    assertThat(envelope.subject()).isEqualTo(id.toString());
    assertThat(envelope.aggregateVersion()).isZero();
    assertThat(envelope.userId()).isEqualTo(id);
    assertThat(EventJson.read(record.value()).toString())
        .isEqualTo("{\"noteId\":\"%s\",\"text\":\"hello\"}".formatted(id));
    await().untilAsserted(() -> assertThat(waiting()).isZero());
  }

  @Test
  void anEventOfATransactionThatFailedDoesNot() {
    UUID never = Ids.next();
    assertThatThrownBy(() -> notes.createAndFail(never)).isInstanceOf(IllegalStateException.class);

    // One that is committed later goes through the same lane; when it is there, the other isn't
    // coming.
    notes.create(never, "now");

    await().untilAsserted(() -> assertThat(Kafka.read(TOPIC, never.toString())).hasSize(1));
    assertThat(new String(Kafka.read(TOPIC, never.toString()).getFirst().value(), UTF_8))
        .contains("now");
  }

  @Test
  void anEventOutsideOfATransactionIsRefused() {
    assertThatThrownBy(() -> outbox.append(new NoteWritten(Ids.next(), "x", 0)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("transaction");
  }

  @Test
  void anEventOfAnotherServiceIsRefused() {
    record Foreign(String type, String aggregateId, long aggregateVersion, UUID userId)
        implements dev.autopilot.events.envelope.DomainEvent {}
    assertThatThrownBy(() ->
            QuarkusTransaction.requiringNew()
                .run(() -> outbox.append(new Foreign("auth.user.deleted", "a", 0, Ids.next()))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anEventThatTheBrokerWouldRefuseIsRefusedWhileTheUseCaseCanStillFail() {
    String large = "x".repeat(3 * 1024 * 1024);
    assertThatThrownBy(() -> notes.create(large)).isInstanceOf(IllegalArgumentException.class);
    assertThat(notes.count(large)).isZero();
  }

  @Test
  void aThousandAppendedAtOnceArriveInTheirOrder() {
    UUID id = Ids.next();
    notes.tellMany(id, 1000);

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(listener.heardOf(id.toString())).hasSize(1000));
    assertThat(listener.heardOf(id.toString()))
        .containsExactlyElementsOf(LongStream.range(0, 1000).boxed().toList());
  }

  @Test
  void theTraceOfARequestGoesOnInItsEvents() {
    String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    String id =
        given()
            .auth()
            .oauth2(TestTokens.of(Ids.next()))
            .header("traceparent", trace)
            .contentType("application/json")
            .body("{\"text\":\"traced\"}")
            .post("/api/notes")
            .path("id");

    await().untilAsserted(() -> assertThat(Kafka.read(TOPIC, id)).hasSize(1));
    assertThat(Kafka.header(Kafka.read(TOPIC, id).getFirst(), "ce_traceparent")).isEqualTo(trace);
  }

  @Test
  void aRecordForATopicThatNobodyDeclaredIsRefused() {
    assertThatThrownBy(() ->
            QuarkusTransaction.requiringNew()
                .run(() -> outbox.append(new OutboxMessage("typo.v1", "k", Map.of()))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("typo.v1");
  }

  @Test
  void aCompactedTopicGetsItsValueAndItsTombstone() {
    String key = "session:" + Ids.next();
    QuarkusTransaction.requiringNew()
        .run(() -> outbox.append(new OutboxMessage(FLAGS, key, Map.of("on", true))));
    QuarkusTransaction.requiringNew().run(() -> outbox.append(new OutboxMessage(FLAGS, key, null)));

    await().untilAsserted(() -> assertThat(Kafka.read(FLAGS, key)).hasSize(2));
    List<ConsumerRecord<String, byte[]>> records = Kafka.read(FLAGS, key);
    assertThat(new String(records.getFirst().value(), UTF_8)).isEqualTo("{\"on\":true}");
    assertThat(records.getLast().value()).isNull();
  }

  @Test
  void whatIsCommittedIsHeardAtOnceAndNotAtTheNextSweep() {
    List<Long> millis = new ArrayList<>();
    for (int i = 0; i < 41; i++) {
      UUID id = notes.create("quick");
      long committed = System.nanoTime();
      await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(2))
          .until(() -> !listener.heardOf(id.toString()).isEmpty());
      millis.add(Duration.ofNanos(System.nanoTime() - committed).toMillis());
    }
    millis.sort(null);
    System.out.printf(
        "commit to effect: median %d ms, p90 %d ms%n", millis.get(20), millis.get(36));
    // Measured below 50 on an idle machine; a sweep alone would give 500.
    assertThat(millis.get(20)).isLessThan(250);
  }

  @Test
  void theRelaysQueriesUseTheQueuesKeyEvenAfterItWasLarge() throws SQLException {
    try (Connection connection = connections.open("test", Duration.ofSeconds(5));
        Statement statement = connection.createStatement()) {
      statement.execute(RelayWorker.NO_CHOICE);
      assertThat(plan(connection, LockedLanes.NEXT, new Integer[] {3, 4}, 500, 4_000_000L))
          .contains("Index Scan using outbox_pkey", "Index Cond: (lane = held.lane)");
      assertThat(plan(connection, LockedLanes.DELETE, new Integer[] {3, 4}, new Long[] {7L, 8L}))
          .contains("Index Cond: ((lane = sent.lane) AND (seq = sent.seq))");
    }
  }

  private static String plan(Connection connection, String query, Object... values)
      throws SQLException {
    try (PreparedStatement explain = connection.prepareStatement("explain " + query)) {
      for (int i = 0; i < values.length; i++) {
        switch (values[i]) {
          case Integer[] lanes -> explain.setArray(i + 1, connection.createArrayOf("int4", lanes));
          case Long[] seqs -> explain.setArray(i + 1, connection.createArrayOf("int8", seqs));
          default -> explain.setObject(i + 1, values[i]);
        }
      }
      StringBuilder plan = new StringBuilder();
      try (ResultSet row = explain.executeQuery()) {
        while (row.next()) {
          plan.append(row.getString(1)).append('\n');
        }
      }
      return plan.toString();
    }
  }

  private long waiting() throws SQLException {
    try (Connection connection = connections.open("test", Duration.ofSeconds(5));
        ResultSet row = connection.createStatement().executeQuery("select count(*) from outbox")) {
      row.next();
      return row.getLong(1);
    }
  }
}
