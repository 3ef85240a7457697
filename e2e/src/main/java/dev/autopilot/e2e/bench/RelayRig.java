package dev.autopilot.e2e.bench;

import dev.autopilot.e2e.Home;
import dev.autopilot.embedded.Child;
import dev.autopilot.embedded.EmbeddedKafka;
import dev.autopilot.embedded.EmbeddedPostgres;
import dev.autopilot.embedded.Ports;
import dev.autopilot.embedded.StopSignal;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * A PostgreSQL, a Kafka and any number of replicas of one small service, whose relay is measured.
 */
final class RelayRig implements AutoCloseable {
  private static final String SERVICE = "chat";
  private static final String TOPIC = "chat.events.v1";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path folder;
  private final EmbeddedPostgres postgres;
  private final EmbeddedKafka kafka;
  private final List<Child> replicas = new ArrayList<>();

  private RelayRig(Path folder, EmbeddedPostgres postgres, EmbeddedKafka kafka) {
    this.folder = folder;
    this.postgres = postgres;
    this.kafka = kafka;
  }

  /**
   * How a backlog was moved.
   *
   * @param seconds from its commit to the arrival of the last event
   * @param outOfOrder events that came before an earlier one of their key
   * @param repeated events that came again
   */
  record Drained(double seconds, int outOfOrder, int repeated) {}

  static RelayRig start(PrintStream out) throws IOException, SQLException {
    Path folder = Files.createTempDirectory(Home.target(), "relay-");
    EmbeddedPostgres postgres = EmbeddedPostgres.in(folder.resolve("postgres")).start();
    EmbeddedKafka kafka = EmbeddedKafka.in(folder.resolve("kafka")).start();
    RelayRig rig = new RelayRig(folder, postgres, kafka);
    try (Connection connection = rig.connect();
        var statement = connection.createStatement()) {
      statement.execute("create schema " + SERVICE);
    }
    out.println("relay: PostgreSQL with fsync on, one Kafka broker, on the same machine");
    return rig;
  }

  void scaleTo(int wanted) throws IOException, InterruptedException {
    while (replicas.size() < wanted) {
      int management = Ports.free();
      replicas.add(
          Child.start(
              new Child.Command(
                  List.of(
                      Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                      "-Xmx96m",
                      "-XX:+UseSerialGC",
                      "-XX:TieredStopAtLevel=1",
                      "-jar",
                      Home.checkout()
                          .resolve("chat-service/target/quarkus-app/quarkus-run.jar")
                          .toString()),
                  Map.of(
                      "DATABASE_URL", postgres.url("postgres"),
                      "KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(),
                      "SECRET_KEY", "the master key of a benchmark, of no worth",
                      "QUARKUS_HTTP_PORT", Integer.toString(Ports.free()),
                      "QUARKUS_MANAGEMENT_PORT", Integer.toString(management)),
                  folder,
                  folder.resolve("replica-" + replicas.size() + ".log"),
                  StopSignal.TERM,
                  Duration.ofSeconds(10))));
      Readiness.await(management);
    }
  }

  /** Commits a backlog at once, and watches it arrive. */
  Drained drain(int events, int keys) throws SQLException {
    try (KafkaConsumer<String, byte[]> consumer = Consumers.from(TOPIC, kafka.bootstrapServers())) {
      commit(events, keys);
      long start = System.nanoTime();
      Map<String, Integer> latest = new HashMap<>();
      int arrived = 0;
      int outOfOrder = 0;
      int repeated = 0;
      while (arrived < events) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(PATIENCE)) {
          int number = Integer.parseInt(new String(record.value(), StandardCharsets.UTF_8));
          int before = latest.getOrDefault(record.key(), -1);
          if (number == before) {
            repeated++;
          } else {
            arrived++;
            outOfOrder += number < before ? 1 : 0;
            latest.put(record.key(), number);
          }
        }
      }
      return new Drained((System.nanoTime() - start) / 1e9, outOfOrder, repeated);
    }
  }

  /** The n-th event of the backlog is of key n modulo the number of keys, and says n. */
  private void commit(int events, int keys) throws SQLException {
    String insert =
        """
        insert into chat.outbox (lane, topic, key, headers, payload)
        select (n % ?) % 16, ?, 'key-' || (n % ?),
               jsonb_build_object('ce_specversion', '1.0', 'ce_id', uuidv7(),
                 'ce_source', '/bench', 'ce_type', 'chat.bench.measured',
                 'ce_time', '2026-01-01T00:00:00Z'),
               n::text
        from generate_series(0, ? - 1) as backlog (n) order by backlog.n
        """;
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(insert)) {
      statement.setInt(1, keys);
      statement.setString(2, TOPIC);
      statement.setInt(3, keys);
      statement.setInt(4, events);
      statement.executeUpdate();
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(
        postgres.jdbcUrl("postgres"), postgres.username(), postgres.password());
  }

  @Override
  public void close() {
    replicas.forEach(Child::requestStop);
    replicas.forEach(Child::stop);
    kafka.close();
    postgres.close();
  }
}
