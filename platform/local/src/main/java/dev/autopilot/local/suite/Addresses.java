package dev.autopilot.local.suite;

import dev.autopilot.embedded.Ports;
import dev.autopilot.local.config.Settings;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Where each process listens during one run, and what each is told about itself and the others. */
final class Addresses {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String MANAGEMENT_PORT = "QUARKUS_MANAGEMENT_PORT";

  /** A process's port for its work, and the one for its health and metrics. */
  record Pair(int port, int management) {}

  private final Settings settings;
  private final Map<Deployable, Pair> ports = new EnumMap<>(Deployable.class);
  private final Set<Integer> taken = new HashSet<>();
  private final int postgres;
  private final int kafka;

  Addresses(Settings settings, int gatewayPort) {
    this.settings = settings;
    taken.add(gatewayPort);
    for (Deployable deployable : Deployable.values()) {
      int port = deployable == Deployable.GATEWAY ? gatewayPort : free();
      ports.put(deployable, new Pair(port, free()));
    }
    postgres = free();
    kafka = free();
  }

  Pair of(Deployable deployable) {
    Pair pair = ports.get(deployable);
    if (pair == null) {
      throw new IllegalStateException(deployable + " has no port");
    }
    return pair;
  }

  int postgres() {
    return postgres;
  }

  int kafka() {
    return kafka;
  }

  /** The gateway's, as people and tokens know it. */
  String publicUrl() {
    return settings
        .variable("AUTOPILOT_PUBLIC_URL")
        .orElse("http://localhost:" + of(Deployable.GATEWAY).port());
  }

  /**
   * The whole environment of a process; {@code databaseUrl} is its own, empty for one without a
   * database.
   */
  Map<String, String> environmentOf(
      Deployable deployable, String databaseUrl, String kafkaServers) {
    var environment = new HashMap<>(settings.variables());
    // What the operator's own user may do is nobody else's business.
    environment.remove("DATABASE_URL");
    if (!databaseUrl.isEmpty()) {
      environment.put("DATABASE_URL", databaseUrl);
    }
    boolean gateway = deployable == Deployable.GATEWAY;
    String host = gateway ? settings.variable("AUTOPILOT_HOST").orElse(LOOPBACK) : LOOPBACK;
    environment.put("QUARKUS_HTTP_HOST", host);
    environment.put("QUARKUS_HTTP_PORT", Integer.toString(of(deployable).port()));
    environment.put("QUARKUS_MANAGEMENT_HOST", LOOPBACK);
    environment.put(MANAGEMENT_PORT, Integer.toString(of(deployable).management()));
    environment.put("KAFKA_BOOTSTRAP_SERVERS", kafkaServers);
    environment.put("AUTOPILOT_PUBLIC_URL", publicUrl());
    environment.put("SECRET_KEY", settings.masterKey().value());
    environment.put("ENVIRONMENT", settings.production() ? "production" : "development");
    // glibc otherwise keeps memory for up to eight threads a processor, and gives little of it
    // back.
    environment.putIfAbsent("MALLOC_ARENA_MAX", "2");
    // An idle connection is a process of PostgreSQL's.
    environment.putIfAbsent("QUARKUS_DATASOURCE_JDBC_MIN_SIZE", "2");
    environment.putIfAbsent("QUARKUS_DATASOURCE_JDBC_INITIAL_SIZE", "2");
    environment.putIfAbsent("QUARKUS_DATASOURCE_JDBC_IDLE_REMOVAL_INTERVAL", "30S");
    if (!settings.production()) {
      // One person at their own machine: a console's page and a demo ask for more than a client
      // may.
      environment.putIfAbsent("RATE_LIMIT_PER_MINUTE", "1200");
      environment.putIfAbsent("RATE_LIMIT_PER_HOUR", "36000");
    }
    for (Deployable service : Deployable.services()) {
      String name = service.id().toUpperCase(Locale.ROOT);
      Pair pair = of(service);
      environment.put(
          "AUTOPILOT_SERVICES_" + name + "_URL", "http://%s:%d".formatted(LOOPBACK, pair.port()));
    }
    return environment;
  }

  /** The environment of one more beside the one that has this environment: on ports of its own. */
  static Map<String, String> ofReplica(Map<String, String> environment) {
    var own = new HashMap<>(environment);
    own.put("QUARKUS_HTTP_HOST", LOOPBACK);
    own.put("QUARKUS_HTTP_PORT", Integer.toString(Ports.free()));
    own.put(MANAGEMENT_PORT, Integer.toString(Ports.free()));
    return own;
  }

  /** Where a process with this environment answers for its health. */
  static int managementPort(Map<String, String> environment) {
    return Integer.parseInt(environment.getOrDefault(MANAGEMENT_PORT, ""));
  }

  private int free() {
    int port = Ports.free();
    return taken.add(port) ? port : free();
  }
}
