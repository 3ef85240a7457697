package dev.autopilot.e2e.bench;

import com.sun.net.httpserver.HttpServer;
import dev.autopilot.e2e.Built;
import dev.autopilot.e2e.Client;
import dev.autopilot.e2e.Home;
import dev.autopilot.e2e.gateway.AccessKey;
import dev.autopilot.embedded.Child;
import dev.autopilot.embedded.EmbeddedKafka;
import dev.autopilot.embedded.EmbeddedPostgres;
import dev.autopilot.embedded.Ports;
import dev.autopilot.embedded.StopSignal;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A PostgreSQL that syncs to disk, a Kafka, and projects-services: each an installation of its own,
 * in a PostgreSQL database of its own. In the place of auth-service stand a key and its JWKS.
 */
final class ProjectsRig implements AutoCloseable {
  /** As the runner starts it, see Deployable. */
  static final List<String> SMALL_JVM =
      List.of("-Xmx96m", "-Xmn10m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss512k");

  /** As a server would have it. */
  static final List<String> SERVER_JVM = List.of("-Xmx1g", "-XX:+UseParallelGC");

  private static final String ISSUER = "http://localhost:8080";

  private final Path folder;
  private final EmbeddedPostgres postgres;
  private final EmbeddedKafka kafka;
  private final AccessKey key;
  private final HttpServer keys;
  private final List<Installation> installations = new ArrayList<>();

  private ProjectsRig(
      Path folder, EmbeddedPostgres postgres, EmbeddedKafka kafka, AccessKey key, HttpServer keys) {
    this.folder = folder;
    this.postgres = postgres;
    this.kafka = kafka;
    this.key = key;
    this.keys = keys;
  }

  static ProjectsRig start(PrintStream out) throws IOException, GeneralSecurityException {
    Path folder = Files.createTempDirectory(Home.target(), "projects-");
    EmbeddedPostgres postgres =
        EmbeddedPostgres.in(folder.resolve("postgres"))
            .setting("shared_buffers", "1GB")
            .setting("max_wal_size", "4GB")
            .start();
    EmbeddedKafka kafka = EmbeddedKafka.in(folder.resolve("kafka")).start();
    AccessKey key = new AccessKey();
    out.println(
        "PostgreSQL (synced to disk, 1 GB of shared buffers), one Kafka broker, projects-service"
            + " (JVM) and its clients, all on this machine");
    return new ProjectsRig(folder, postgres, kafka, key, serve(key.jwks()));
  }

  private static HttpServer serve(String jwks) throws IOException {
    byte[] body = jwks.getBytes(StandardCharsets.UTF_8);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }

  Installation install(String name, List<String> jvm) throws Exception {
    try (Connection connection = connect("postgres");
        var statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    try (Connection connection = connect(name);
        var statement = connection.createStatement()) {
      statement.execute("create schema projects");
    }
    Installation installation = new Installation(name, jvm);
    installations.add(installation);
    return installation;
  }

  /** What everything that is measured, and what measures, has had of the processor; seconds. */
  Map<String, Double> processorTime(Installation installation) {
    Map<String, Double> seconds = new LinkedHashMap<>();
    seconds.put("PostgreSQL", ProcessorTime.seconds(postgres.child().identity().pid()));
    seconds.put("projects-service", ProcessorTime.seconds(installation.service().identity().pid()));
    seconds.put("Kafka", ProcessorTime.seconds(kafka.child().identity().pid()));
    seconds.put(
        "clients", ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / 1e9);
    return seconds;
  }

  String kafka() {
    return kafka.bootstrapServers();
  }

  private Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        postgres.jdbcUrl(database), postgres.username(), postgres.password());
  }

  /** Data goes, logs stay. */
  @Override
  public void close() {
    installations.forEach(installation -> installation.service().stop());
    keys.stop(0);
    kafka.close();
    postgres.close();
    for (String data : List.of("postgres", "kafka")) {
      try (Stream<Path> files = Files.walk(folder.resolve(data))) {
        for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  /** One projects-service with its data, and the person whose they are. */
  final class Installation {
    private final String name;
    private final List<String> jvm;
    private final int port = Ports.free();
    private final int management = Ports.free();
    private final Client person;
    private Child service;

    private Installation(String name, List<String> jvm)
        throws GeneralSecurityException, InterruptedException {
      this.name = name;
      this.jvm = jvm;
      this.person =
          Client.of(URI.create("http://127.0.0.1:" + port)).signedInWith(key.mint(ISSUER));
      this.service = launch();
      Readiness.await(management);
    }

    private Child launch() {
      return Child.start(
          new Child.Command(
              new Built("projects-service").jar(jvm),
              Map.of(
                  "DATABASE_URL", postgres.url(name),
                  "KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(),
                  "SECRET_KEY", "the master key of a benchmark, of no worth",
                  "AUTOPILOT_PUBLIC_URL", ISSUER,
                  "AUTOPILOT_JWKS_URL", "http://127.0.0.1:" + keys.getAddress().getPort(),
                  "QUARKUS_HTTP_PORT", Integer.toString(port),
                  "QUARKUS_MANAGEMENT_PORT", Integer.toString(management)),
              folder,
              folder.resolve(name + ".log"),
              StopSignal.TERM,
              Duration.ofSeconds(10)));
    }

    /** A client in the name of the person who owns everything there. */
    Client person() {
      return person;
    }

    Child service() {
      return service;
    }

    /** {@code kill -9}, and another start. */
    void killAndRestart() throws InterruptedException {
      ProcessHandle process = ProcessHandle.of(service.identity().pid()).orElseThrow();
      boolean _ = process.destroyForcibly();
      var _ = process.onExit().join();
      service = launch();
      Readiness.await(management);
    }

    /** Events that are committed and not yet at Kafka. */
    long waitingEvents() {
      try (Connection connection = connect(name);
          var statement = connection.createStatement();
          var row = statement.executeQuery("select count(*) from projects.outbox")) {
        row.next();
        return row.getLong(1);
      } catch (SQLException failure) {
        throw new IllegalStateException(failure);
      }
    }

    /** The most that its process held in memory since it was started, in megabytes. */
    long peakMegabytes() throws IOException {
      long pid = service.identity().pid();
      for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) / 1_024;
        }
      }
      return -1;
    }

    /** What autovacuum would do within minutes. */
    void vacuum() throws SQLException {
      try (Connection connection = connect(name);
          var statement = connection.createStatement()) {
        statement.execute("vacuum (analyze)");
      }
    }
  }
}
