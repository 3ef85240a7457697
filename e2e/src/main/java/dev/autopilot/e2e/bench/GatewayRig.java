package dev.autopilot.e2e.bench;

import dev.autopilot.e2e.Home;
import dev.autopilot.e2e.gateway.AccessKey;
import dev.autopilot.e2e.gateway.GatewayProcess;
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
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * The gateway, on the JVM and natively if it has been built so, and an nginx, all as reverse
 * proxies of one tiny upstream, which is nginx as well and answers from memory. The gateway checks
 * the token, counts against a limit that is set out of reach, measures, and writes its access log
 * to a file; nginx only passes on.
 */
final class GatewayRig implements AutoCloseable {
  private static final List<String> FLAGS = List.of("-Xmx512m", "-XX:+UseParallelGC");
  private static final List<String> NATIVE_FLAGS = List.of("-Xmx512m");
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Path folder = Files.createTempDirectory(Home.target(), "gateway-");
  private final AccessKey key = new AccessKey();
  private final int upstream = Ports.free();
  private final int nginx = Ports.free();
  private final Child child;
  private final Map<String, GatewayProcess> gateways = new TreeMap<>();

  /**
   * @param events the port of the service of the routes that stream
   */
  GatewayRig(int events, PrintStream out) throws IOException, GeneralSecurityException {
    child = startNginx();
    try {
      awaitPort(nginx);
      startGateways(events, out);
    } catch (IOException | RuntimeException failure) {
      close();
      throw failure;
    }
  }

  Path folder() {
    return folder;
  }

  /** By what they run on. */
  Map<String, GatewayProcess> gateways() {
    return gateways;
  }

  URI throughNginx(String path) {
    return URI.create("http://127.0.0.1:" + nginx + path);
  }

  String token() throws GeneralSecurityException {
    return key.mint(GatewayProcess.ISSUER);
  }

  @Override
  public void close() {
    gateways.values().forEach(GatewayProcess::close);
    child.stop();
  }

  static void awaitPort(int port) throws IOException {
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

  private void startGateways(int events, PrintStream out) throws IOException {
    out.println(
        "gateway: token check, rate limit (100 million a minute), access log and metrics on; flags "
            + String.join(" ", FLAGS));
    Map<String, String> settings =
        new HashMap<>(GatewayProcess.leadingTo(URI.create("http://127.0.0.1:" + upstream)));
    settings.put("AUTOPILOT_SERVICES_CHAT_URL", "http://127.0.0.1:" + events);
    settings.put("RATE_LIMIT_PER_MINUTE", "100000000");
    settings.put("RATE_LIMIT_PER_HOUR", "1000000000");
    start("JVM", GatewayProcess.BUILT.jar(FLAGS), settings, out);
    Path executable = GatewayProcess.BUILT.executable().orElse(null);
    if (executable == null) {
      out.println("native: not measured, since there is no gateway/target/gateway-runner");
    } else {
      out.printf("native: %d MB on disk%n", Files.size(executable) / 1_048_576);
      List<String> command = new ArrayList<>(List.of(executable.toString()));
      command.addAll(NATIVE_FLAGS);
      start("native", command, settings, out);
    }
  }

  private void start(
      String name, List<String> command, Map<String, String> settings, PrintStream out)
      throws IOException {
    GatewayProcess gateway = GatewayProcess.start(command, settings, folder, name);
    gateways.put(name, gateway);
    out.printf(
        Locale.ROOT,
        "%s: ready after %.2f s, resident then %d MB%n",
        name,
        gateway.readyAfter().toMillis() / 1_000.0,
        gateway.residentMegabytes());
  }

  private Child startNginx() throws IOException {
    Path configuration = folder.resolve("nginx.conf");
    Files.writeString(configuration, nginxConfiguration());
    return Child.start(
        new Child.Command(
            List.of("nginx", "-c", configuration.toString()),
            Map.of("PATH", Programs.path()),
            folder,
            folder.resolve("nginx.log"),
            StopSignal.TERM,
            Duration.ofSeconds(10)));
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
      default_type application/json;
      upstream tiny {
        server 127.0.0.1:%2$d;
        keepalive 256;
        keepalive_requests 100000000;
      }
      server {
        listen 127.0.0.1:%2$d;
        location / {
          return 200 '{"status":"UP","id":"01981b5e-7000-7000-8000-0000000000aa"}';
        }
        location = /.well-known/jwks.json {
          return 200 '%4$s';
        }
        location = /internal/revocations {
          return 200 '{"items":[],"now":"2026-01-01T00:00:00Z"}';
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
