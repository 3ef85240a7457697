package dev.autopilot.local.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the environment and {@code .env} say.
 *
 * @param variables both, the environment winning: the ground of every service's environment
 * @param database an existing PostgreSQL instead of the embedded one
 * @param kafka an existing Kafka instead of the embedded one
 */
public record Settings(
    Map<String, String> variables,
    boolean production,
    MasterKey masterKey,
    Optional<DatabaseAddress> database,
    Optional<KafkaServers> kafka) {
  private static final Set<String> CONFIGURED =
      Set.of(
          "DATABASE_URL",
          "KAFKA_BOOTSTRAP_SERVERS",
          "REDIS_URL",
          "SMTP_URL",
          "ENVIRONMENT",
          "SECRET_KEY",
          "ALLOWED_ORIGINS",
          "AUTOPILOT_PUBLIC_URL",
          "AUTOPILOT_HOST");

  public static Settings read(Layout layout) {
    return of(DotEnv.read(layout.dotEnv()), System.getenv(), layout);
  }

  /**
   * The built-in servers and a fresh start whatever is configured: what tests of the whole suite
   * run on.
   */
  public static Settings ofBuiltInServers(Layout layout) {
    var environment = new LinkedHashMap<>(System.getenv());
    environment.keySet().removeAll(CONFIGURED);
    return of(Map.of(), environment, layout);
  }

  static Settings of(Map<String, String> file, Map<String, String> environment, Layout layout) {
    var variables = new LinkedHashMap<>(file);
    variables.putAll(environment);
    // An empty variable is one that isn't set: NAME= in a file, "${NAME:-}" in a script.
    variables.values().removeIf(String::isBlank);
    NamedAddresses.check(variables);
    boolean production =
        switch (variables.getOrDefault("ENVIRONMENT", "development")) {
          case "production" -> true;
          case "development" -> false;
          default ->
              throw new Refusal(
                  "ENVIRONMENT is \"%s\", and must be development or production."
                      .formatted(variables.get("ENVIRONMENT")));
        };
    return new Settings(
        Map.copyOf(variables),
        production,
        MasterKey.of(variables, production, layout.secretKey()),
        Optional.ofNullable(variables.get("DATABASE_URL")).map(DatabaseAddress::parse),
        Optional.ofNullable(variables.get("KAFKA_BOOTSTRAP_SERVERS")).map(KafkaServers::new));
  }

  /** The same, with a variable more for every process. */
  public Settings with(String name, String value) {
    var more = new LinkedHashMap<>(variables);
    more.put(name, value);
    return new Settings(Map.copyOf(more), production, masterKey, database, kafka);
  }

  public Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name));
  }

  /** Without the variables, which hold secrets. */
  @Override
  public String toString() {
    return "Settings[production=%s, database=%s, kafka=%s]".formatted(production, database, kafka);
  }
}
