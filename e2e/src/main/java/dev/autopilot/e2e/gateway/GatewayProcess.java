package dev.autopilot.e2e.gateway;

import dev.autopilot.e2e.Built;
import dev.autopilot.embedded.Child;
import dev.autopilot.embedded.Ports;
import dev.autopilot.embedded.StopSignal;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * One gateway as its own process, from what was built: the jar or the native executable. Without
 * Kafka, unless the settings say otherwise: what was revoked is then asked of auth-service, for
 * which somebody must answer.
 */
public final class GatewayProcess implements AutoCloseable {
  public static final Built BUILT = new Built("gateway");

  /** What tokens must say that they were issued by. */
  public static final String ISSUER = "http://localhost:8080";

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final List<String> SERVICES =
      List.of("AUTH", "CHAT", "PROJECTS", "WORKFLOW", "INTEGRATION", "DASHBOARD");

  private final Child child;
  private final int port;
  private final Duration readyAfter;

  private GatewayProcess(Child child, int port, Duration readyAfter) {
    this.child = child;
    this.port = port;
    this.readyAfter = readyAfter;
  }

  /** Settings that lead every route to one address. */
  public static Map<String, String> leadingTo(URI upstream) {
    Map<String, String> settings = new HashMap<>();
    SERVICES.forEach(
        service -> settings.put("AUTOPILOT_SERVICES_" + service + "_URL", upstream.toString()));
    return settings;
  }

  /** Starts one and returns when it is ready. */
  public static GatewayProcess start(
      List<String> command, Map<String, String> settings, Path folder, String name)
      throws IOException {
    int port = Ports.free();
    int management = Ports.free();
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
    environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
    environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(management));
    environment.put("SECRET_KEY", "the master key of a gateway by itself, of no worth");
    environment.put("AUTOPILOT_PUBLIC_URL", ISSUER);
    environment.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");
    environment.put("GATEWAY_ACCESS_LOG_FILE", folder.resolve(name + "-access.log").toString());
    environment.putAll(settings);
    Path log = folder.resolve(name + ".log");
    long began = System.nanoTime();
    Child child =
        Child.start(
            new Child.Command(
                command, environment, folder, log, StopSignal.TERM, Duration.ofSeconds(10)));
    try {
      awaitReady(child, URI.create("http://127.0.0.1:" + management + "/q/health/ready"), log);
    } catch (IOException failure) {
      child.stop();
      throw failure;
    }
    return new GatewayProcess(child, port, Duration.ofNanos(System.nanoTime() - began));
  }

  public URI at(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  /** How long it took from nothing to readiness. */
  public Duration readyAfter() {
    return readyAfter;
  }

  /** What its process holds in memory, in megabytes, where there is a /proc. */
  public long residentMegabytes() throws IOException {
    long pid = child.identity().pid();
    try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1_024)
          .findFirst()
          .orElse(-1);
    }
  }

  @Override
  public void close() {
    child.stop();
  }

  private static void awaitReady(Child child, URI readiness, Path log) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline && child.isAlive()) {
      if (answersOk(readiness)) {
        return;
      }
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
    throw new IOException("The gateway does not get ready; its log is " + log);
  }

  private static boolean answersOk(URI address) {
    try {
      HttpURLConnection asked = (HttpURLConnection) address.toURL().openConnection();
      asked.setConnectTimeout(500);
      asked.setReadTimeout(500);
      int status = asked.getResponseCode();
      asked.disconnect();
      return status == 200;
    } catch (IOException notYet) {
      return false;
    }
  }
}
