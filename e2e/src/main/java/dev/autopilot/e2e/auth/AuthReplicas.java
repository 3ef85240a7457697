package dev.autopilot.e2e.auth;

import dev.autopilot.e2e.Await;
import dev.autopilot.e2e.Built;
import dev.autopilot.e2e.Home;
import dev.autopilot.embedded.Child;
import dev.autopilot.embedded.EmbeddedKafka;
import dev.autopilot.embedded.EmbeddedPostgres;
import dev.autopilot.embedded.Ports;
import dev.autopilot.embedded.StopSignal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Replicas of auth-service, each a process of its own, on one PostgreSQL and one Kafka with fresh
 * data.
 */
public final class AuthReplicas implements AutoCloseable {
  private static final Built BUILT = new Built("auth-service");
  private static final String SERVICE = "auth";
  private static final String DATABASE = "postgres";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String MASTER_KEY = "the master key of an exercise, of no worth";

  private final Path folder;
  private final EmbeddedPostgres postgres;
  private final EmbeddedKafka kafka;
  private final List<Replica> replicas = new ArrayList<>();

  private AuthReplicas(Path folder, EmbeddedPostgres postgres, EmbeddedKafka kafka) {
    this.folder = folder;
    this.postgres = postgres;
    this.kafka = kafka;
  }

  /**
   * One process.
   *
   * @param management where it tells its health and metrics
   * @param log what it says, letters included as long as there is no SMTP server
   */
  public record Replica(URI address, URI management, Child child, Path log) {
    public long pid() {
      return child.identity().pid();
    }

    /** What it holds in memory, in megabytes, where there is a /proc. */
    public long residentMegabytes() throws IOException {
      Path status = Path.of("/proc", Long.toString(pid()), "status");
      try (Stream<String> lines = Files.lines(status)) {
        return lines
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1_024)
            .findFirst()
            .orElse(-1);
      }
    }
  }

  /** Servers without a replica so far. */
  public static AuthReplicas none() throws IOException, SQLException {
    Path folder = Files.createTempDirectory(Home.target(), "auth-");
    EmbeddedPostgres postgres =
        EmbeddedPostgres.in(folder.resolve("postgres"))
            .setting("shared_preload_libraries", "pg_stat_statements")
            .start();
    AuthReplicas rig =
        new AuthReplicas(folder, postgres, EmbeddedKafka.in(folder.resolve("kafka")).start());
    try (Connection connection = rig.connect();
        var statement = connection.createStatement()) {
      statement.execute("create schema " + SERVICE);
      statement.execute("create extension pg_stat_statements schema public");
    } catch (SQLException failure) {
      rig.close();
      throw failure;
    }
    return rig;
  }

  /**
   * Starts that many at once, and returns when all of them are ready.
   *
   * @param jvmOptions of each; binaries have none
   * @param settings added to the environment of each
   */
  public List<Replica> start(int number, List<String> jvmOptions, Map<String, String> settings) {
    List<Replica> started = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      Replica replica = launch(jvmOptions, settings);
      started.add(replica);
      replicas.add(replica);
    }
    started.forEach(AuthReplicas::awaitReady);
    return started;
  }

  /** Ends those that run; the data stays. */
  public void stopReplicas() {
    replicas.forEach(replica -> replica.child().requestStop());
    replicas.forEach(replica -> replica.child().stop());
    replicas.clear();
  }

  /** A look at the tables, in the service's schema. */
  public Connection connect() throws SQLException {
    Connection connection =
        DriverManager.getConnection(
            postgres.jdbcUrl(DATABASE), postgres.username(), postgres.password());
    connection.setSchema(SERVICE);
    return connection;
  }

  /** The main process of PostgreSQL. */
  public long postgresPid() {
    return postgres.child().identity().pid();
  }

  /**
   * What a service of that name shows to prove which it is, as the value of {@code Authorization}.
   */
  public static String credentialOf(String service) {
    String purpose = "autopilot/v1/service/" + service;
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(MASTER_KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      String secret =
          Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8)));
      return "Basic "
          + Base64.getEncoder()
              .encodeToString((service + ":" + secret).getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has HmacSHA256", impossible);
    }
  }

  /** Logs stay, for whoever wants to know why; data goes. */
  @Override
  public void close() {
    stopReplicas();
    kafka.close();
    postgres.close();
    Home.erase(folder.resolve("kafka"));
    Home.erase(folder.resolve("postgres"));
  }

  private Replica launch(List<String> jvmOptions, Map<String, String> settings) {
    int port = Ports.free();
    int management = Ports.free();
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("DATABASE_URL", postgres.url(DATABASE));
    environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    environment.put("SECRET_KEY", MASTER_KEY);
    environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
    environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(management));
    Path log = folder.resolve("replica-" + port + ".log");
    Child child =
        Child.start(
            new Child.Command(
                BUILT.command(jvmOptions),
                environment,
                folder,
                log,
                StopSignal.TERM,
                Duration.ofSeconds(10)));
    return new Replica(local(port), local(management), child, log);
  }

  private static URI local(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }

  private static void awaitReady(Replica replica) {
    URI ready = replica.management().resolve("/q/health/ready");
    try (HttpClient http = HttpClient.newHttpClient()) {
      Await.until("a replica", PATIENCE, () -> answers(http, ready), answer -> answer);
    }
  }

  private static boolean answers(HttpClient http, URI address) {
    try {
      return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException(interrupted));
    }
  }
}
