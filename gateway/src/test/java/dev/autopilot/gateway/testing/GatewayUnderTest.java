package dev.autopilot.gateway.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Chooses where the gateway is, and the services behind it: the same for one that runs with the
 * tests and for one that was packaged and runs by itself. The tests start them there, or don't, to
 * see what the gateway makes of it.
 */
public class GatewayUnderTest implements QuarkusTestResourceLifecycleManager {
  static final List<String> SERVICES =
      List.of(
          "auth",
          "chat",
          "projects",
          "workflow",
          "integration",
          "dashboard",
          "first",
          "second",
          "third",
          "fourth");

  /**
   * A second application of a run has a class loader of its own, for which nobody has registered
   * the driver that the testkit's servers need.
   */
  public GatewayUnderTest() {
    try {
      Class.forName("org.postgresql.Driver");
    } catch (ClassNotFoundException missing) {
      throw new IllegalStateException(missing);
    }
  }

  @Override
  public Map<String, String> start() {
    Map<String, String> settings = new HashMap<>();
    String management = Integer.toString(freePort());
    settings.put("gateway.door.port", Integer.toString(freePort()));
    settings.put("quarkus.management.port", management);
    settings.put("quarkus.management.test-port", management);
    settings.put(
        "gateway.access-log.file", Path.of("target", "access.log").toAbsolutePath().toString());
    settings.put("quarkus.otel.sdk.disabled", "false");
    settings.put("quarkus.otel.exporter.otlp.endpoint", "http://localhost:" + freePort());
    settings.put("quarkus.otel.exporter.otlp.protocol", "http/protobuf");
    settings.put("quarkus.otel.bsp.schedule.delay", "200ms");
    for (String service : SERVICES) {
      settings.put("autopilot.services." + service + ".url", "http://localhost:" + freePort());
    }
    pair(settings, "pair", "first", "second");
    pair(settings, "other-pair", "third", "fourth");
    route(settings, "quick", "/test/quick", "projects")
        .put("gateway.routes.quick.timeout", "400ms");
    route(settings, "restless", "/test/restless", "projects")
        .putAll(
            Map.of(
                "gateway.routes.restless.streaming", "true",
                "gateway.routes.restless.idle-timeout", "600ms"));
    route(settings, "upload", "/test/upload", "projects")
        .putAll(
            Map.of(
                "gateway.routes.upload.streaming", "true",
                "gateway.routes.upload.timeout", "500ms"));
    route(settings, "small", "/test/small", "projects")
        .put("gateway.routes.small.body-limit", "1K");
    route(settings, "pass", "/test/pass", "projects");
    route(settings, "broken", "/test/broken", "gateway");
    settings.put("gateway.limits.classes.default.per-minute", "100000");
    settings.put("gateway.limits.classes.default.per-hour", "100000");
    settings.put("gateway.limits.classes.tight.per-minute", "3");
    settings.put("gateway.limits.classes.tight.per-hour", "100");
    settings.put("gateway.limits.roles.admin", "2");
    settings.put("gateway.door.head-timeout", "1500ms");
    settings.put("gateway.traffic.every", "1s");
    settings.put("gateway.load.waiting-for-one", "40");
    settings.put("gateway.load.waiting-for-person", "30");
    settings.put("gateway.limits.guesses-per-minute", "5");
    settings.put("gateway.cors.origins", "https://app.example");
    route(settings, "snapshot", "/test/snapshot", "projects")
        .put("gateway.routes.snapshot.snapshot", "700ms");
    route(settings, "limited", "/test/limited", "projects")
        .put("gateway.routes.limited.rate-class", "tight");
    return settings;
  }

  /** A service with two replicas, at a route of its name. */
  private static void pair(Map<String, String> settings, String name, String one, String other) {
    settings.put(
        "autopilot.services." + name + ".url",
        settings.get("autopilot.services." + one + ".url")
            + ","
            + settings.get("autopilot.services." + other + ".url"));
    route(settings, name, "/test/" + name, name);
  }

  @Override
  public void stop() {}

  private static Map<String, String> route(
      Map<String, String> settings, String name, String path, String service) {
    settings.put("gateway.routes." + name + ".paths", path);
    settings.put("gateway.routes." + name + ".service", service);
    settings.put("gateway.routes." + name + ".access", "public");
    return settings;
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
