package dev.autopilot.events.outbox;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.autopilot.events.database.DirectConnections;
import dev.autopilot.events.envelope.KafkaHeaders;
import dev.autopilot.events.kafka.KafkaClients;
import dev.autopilot.events.testapp.Kafka;
import dev.autopilot.events.testapp.Listener;
import dev.autopilot.events.testapp.Notes;
import dev.autopilot.events.testapp.Servers;
import dev.autopilot.events.testapp.WithRealServers;
import dev.autopilot.kernel.Ids;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import java.net.URL;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithRealServers
class RelayFaultsTest {
  private static final String TOPIC = "probe.events.v1";

  @Inject Notes notes;
  @Inject Listener listener;
  @Inject DirectConnections connections;
  @Inject KafkaClients kafka;
  @Inject RelaySettings settings;
  @Inject RelayMetrics metrics;

  @TestHTTPResource(value = "/health/ready", management = true)
  URL readiness;

  @Test
  void tenThousandEventsKeepTheirOrderPerKeyWhileRelaysAreKilled() throws Exception {
    int keys = 20;
    int versions = 500;
    List<UUID> ids = Stream.generate(Ids::next).limit(keys).toList();
    ids.forEach(id -> notes.create(id, "v0"));

    long start = System.nanoTime();
    try (ExecutorService writers = Executors.newFixedThreadPool(4)) {
      List<Future<?>> writing = new ArrayList<>();
      for (String name : List.of("a", "b", "c", "d")) {
        // All writers write all notes: they meet at the rows' locks.
        writing.add(
            writers.submit(() -> {
              for (int version = 0; version < versions / 4; version++) {
                String text = "v" + version + " of " + name;
                ids.forEach(id -> write(id, text));
              }
            }));
      }
      Relay second = startSecond();
      while (writing.stream().anyMatch(future -> !future.isDone())) {
        killARelaysSession();
        second.close();
        second = startSecond();
      }
      for (Future<?> future : writing) {
        future.get();
      }
      second.close();
    }

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> assertThat(listener.heardOf(ids.getLast().toString())).hasSize(versions + 1));
    System.out.printf(
        "%d events through two relays, one always being killed: %d ms%n",
        keys * versions, Duration.ofNanos(System.nanoTime() - start).toMillis());
    Map<String, List<Long>> published = firstArrivals(ids);
    for (UUID id : ids) {
      List<Long> all = LongStream.rangeClosed(0, versions).boxed().toList();
      assertThat(published.get(id.toString())).as("in Kafka").isEqualTo(all);
      await()
          .untilAsserted(
              () -> assertThat(listener.heardOf(id.toString())).as("handled").isEqualTo(all));
    }
  }

  @Test
  void relaysShareTheWorkAndSendNothingTwice() {
    List<UUID> ids = Stream.generate(Ids::next).limit(100).toList();
    try (Relay _ = startSecond()) {
      for (int round = 0; round < 20; round++) {
        // Many at once, so that a lane has work for long enough that both relays want it.
        ids.forEach(id -> notes.tellMany(id, 10));
      }
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() ->
              assertThat(ids)
                  .allSatisfy(id -> assertThat(listener.heardOf(id.toString())).hasSize(200)));
    }

    Set<String> keys = ids.stream().map(UUID::toString).collect(Collectors.toSet());
    assertThat(Kafka.read(TOPIC).stream().filter(record -> keys.contains(record.key())))
        .hasSize(100 * 200)
        .extracting(record -> Kafka.header(record, "ce_id"))
        .doesNotHaveDuplicates();
  }

  @Test
  void whileKafkaIsDownNothingFailsAndAfterwardsAllArriveOnce() {
    List<UUID> ids = new ArrayList<>();
    Servers.stopKafka();
    try {
      for (int i = 0; i < 200; i++) {
        ids.add(notes.create("while Kafka is down"));
      }
      given().get(readiness).then().statusCode(200);
    } finally {
      Servers.startKafka();
    }

    long start = System.nanoTime();
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(ids)
                .allSatisfy(id -> assertThat(listener.heardOf(id.toString())).containsExactly(0L)));
    System.out.printf(
        "200 events of an outage handled %d ms after Kafka was back%n",
        Duration.ofNanos(System.nanoTime() - start).toMillis());
    assertThat(Kafka.read("probe.dead-letter.v1"))
        .noneMatch(record -> ids.stream().anyMatch(id -> id.toString().equals(record.key())));
  }

  /** As a client does that is told to come again: on a busy machine the pool may refuse. */
  private void write(UUID id, String text) {
    for (int tries = 1; ; tries++) {
      try {
        notes.write(id, text);
        return;
      } catch (PersistenceException refused) {
        if (tries == 20) {
          throw refused;
        }
      }
    }
  }

  private Relay startSecond() {
    Relay relay = new Relay(connections, () -> kafka.producer("second"), settings, metrics);
    relay.start();
    return relay;
  }

  /** As when its process dies in the middle of a pass: the locks are gone, the rows are not. */
  private void killARelaysSession() throws SQLException {
    try (Connection connection = connections.open("killer", Duration.ofSeconds(5));
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          select pg_terminate_backend(pid), pg_sleep(0.2) from
            (select pid from pg_stat_activity
             where application_name like '% outbox' order by random() limit 1) as one
          """);
    }
  }

  /** Versions by key in the order in which each event was first there. */
  private static Map<String, List<Long>> firstArrivals(List<UUID> ids) {
    Set<UUID> seen = new HashSet<>();
    Map<String, List<Long>> arrivals = new HashMap<>();
    ids.forEach(id -> arrivals.put(id.toString(), new ArrayList<>()));
    for (ConsumerRecord<String, byte[]> record : Kafka.read(TOPIC)) {
      var envelope = KafkaHeaders.envelope(record.headers());
      List<Long> versions = arrivals.get(record.key());
      if (versions != null && seen.add(envelope.id())) {
        versions.add(envelope.aggregateVersion());
      }
    }
    return arrivals;
  }
}
