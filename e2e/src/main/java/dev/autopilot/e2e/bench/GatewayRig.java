package dev.autopilot.e2e.bench;

import dev.autopilot.e2e.Home;
import dev.autopilot.embedded.Child;
import dev.autopilot.embedded.Ports;
import dev.autopilot.embedded.StopSignal;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * A gateway and an nginx, both as reverse proxies of one tiny upstream, which is nginx as well and
 * answers from memory. The gateway checks the token, counts against a limit that is set out of
 * reach, measures, and writes its access log to a file; nginx only passes on.
 */
final class GatewayRig implements AutoCloseable {
  private static final String ISSUER = "http://localhost:8080";
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final List<String> SERVICES =
      List.of("AUTH", "PROJECTS", "WORKFLOW", "INTEGRATION", "DASHBOARD");

  private final Path folder;
  private final List<Child> children = new ArrayList<>();
  private final AccessKey key = new AccessKey();
  private final int upstream = Ports.free();
  private final int nginx = Ports.free();
  private final int gateway = Ports.free();

  private GatewayRig(Path folder) throws GeneralSecurityException {
    this.folder = folder;
  }

  /**
   * @param events the port of the service of the routes that stream
   */
  static GatewayRig start(int events, PrintStream out)
      throws IOException, GeneralSecurityException {
    GatewayRig rig = new GatewayRig(Files.createTempDirectory(Home.target(), "gateway-"));
    try {
      rig.startNginx();
      rig.startGateway(events);
    } catch (IOException | RuntimeException failure) {
      rig.close();
      throw failure;
    }
    out.println(
        "gateway: JVM, token check, rate limit (100 million a minute), access log and metrics on");
    return rig;
  }

  URI throughGateway(String path) {
    return URI.create("http://127.0.0.1:" + gateway + path);
  }

  URI throughNginx(String path) {
    return URI.create("http://127.0.0.1:" + nginx + path);
  }

  String token() throws GeneralSecurityException {
    return key.mint(ISSUER);
  }

  /** What the gateway's process holds in memory, in megabytes. */
  long residentMegabytes() throws IOException {
    long pid = children.getLast().identity().pid();
    for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1_024;
      }
    }
    return -1;
  }

  @Override
  public void close() {
    children.reversed().forEach(Child::stop);
  }

  private void startNginx() throws IOException {
    Path configuration = folder.resolve("nginx.conf");
    Files.writeString(configuration, nginxConfiguration());
    start("nginx", List.of("nginx", "-c", configuration.toString()), Map.of(), StopSignal.TERM);
    awaitPort(nginx);
  }

  private void startGateway(int events) throws IOException {
    Map<String, String> environment = new HashMap<>();
    environment.put("QUARKUS_HTTP_PORT", Integer.toString(gateway));
    environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(Ports.free()));
    environment.put("SECRET_KEY", "the master key of a benchmark, of no worth");
    environment.put("AUTOPILOT_PUBLIC_URL", ISSUER);
    environment.put("RATE_LIMIT_PER_MINUTE", "100000000");
    environment.put("RATE_LIMIT_PER_HOUR", "1000000000");
    environment.put("GATEWAY_ACCESS_LOG_FILE", folder.resolve("access.log").toString());
    for (String service : SERVICES) {
      environment.put("AUTOPILOT_SERVICES_" + service + "_URL", "http://127.0.0.1:" + upstream);
    }
    environment.put("AUTOPILOT_SERVICES_CHAT_URL", "http://127.0.0.1:" + events);
    start(
        "gateway",
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseParallelGC",
            "-jar",
            Home.checkout().resolve("gateway/target/quarkus-app/quarkus-run.jar").toString()),
        environment,
        StopSignal.TERM);
    awaitPort(gateway);
  }

  private void start(
      String name, List<String> command, Map<String, String> environment, StopSignal signal) {
    Map<String, String> whole = new HashMap<>(environment);
    whole.put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin") + ":/usr/sbin");
    children.add(
        Child.start(
            new Child.Command(
                command,
                whole,
                folder,
                folder.resolve(name + ".log"),
                signal,
                Duration.ofSeconds(10))));
  }

  private static void awaitPort(int port) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
        return;
      } catch (IOException notYet) {
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      }
    }
    throw new IOException("Nothing listens on port " + port + "; see the logs in e2e/target.");
  }

  private String nginxConfiguration() {
    return """
    worker_processes auto;
    daemon off;
    pid %1$s/nginx.pid;
    error_log %1$s/nginx-error.log;
    events { worker_connections 8192; }
    http {
      access_log off;
      keepalive_requests 100000000;
      client_body_temp_path %1$s/body;
      proxy_temp_path %1$s/proxy;
      fastcgi_temp_path %1$s/fastcgi;
      uwsgi_temp_path %1$s/uwsgi;
      scgi_temp_path %1$s/scgi;
      upstream tiny {
        server 127.0.0.1:%2$d;
        keepalive 256;
        keepalive_requests 100000000;
      }
      server {
        listen 127.0.0.1:%2$d;
        location / {
          default_type application/json;
          return 200 '{"status":"UP","id":"01981b5e-7000-7000-8000-0000000000aa"}';
        }
        location = /.well-known/jwks.json {
          default_type application/json;
          return 200 '%4$s';
        }
      }
      server {
        listen 127.0.0.1:%3$d;
        location / {
          proxy_pass http://tiny;
          proxy_http_version 1.1;
          proxy_set_header Connection "";
        }
      }
    }
    """
        .formatted(folder.toAbsolutePath(), upstream, nginx, key.jwks().strip());
  }
}
