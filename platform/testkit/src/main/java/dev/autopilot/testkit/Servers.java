package dev.autopilot.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.testcontainers.DockerClientFactory;

/**
 * The PostgreSQL and the Kafka of this test run, started when first asked for. What is shared
 * between class loaders stands in system properties, for Quarkus gives tests and application
 * loaders of their own.
 *
 * @param jdbcUrl the database, as the superuser reaches it
 */
record Servers(String jdbcUrl, String user, String password, String bootstrapServers) {
  private static final String PREFIX = "testkit.running.";
  private static final String ROLE_PASSWORD = "test";

  /** The servers, started by whoever asks first. */
  static Servers running() {
    synchronized (System.getProperties()) {
      Properties known = System.getProperties();
      if (known.getProperty(PREFIX + "jdbcUrl") == null) {
        Servers started = useContainers() ? ContainerServers.start() : EmbeddedServers.start();
        known.setProperty(PREFIX + "user", started.user);
        known.setProperty(PREFIX + "password", started.password);
        known.setProperty(PREFIX + "bootstrapServers", started.bootstrapServers);
        known.setProperty(PREFIX + "jdbcUrl", started.jdbcUrl);
      }
      return new Servers(
          known.getProperty(PREFIX + "jdbcUrl"),
          known.getProperty(PREFIX + "user"),
          known.getProperty(PREFIX + "password"),
          known.getProperty(PREFIX + "bootstrapServers"));
    }
  }

  private static boolean useContainers() {
    String choice = System.getProperty("testkit.servers", "auto").toLowerCase(Locale.ROOT);
    return switch (choice) {
      case "containers" -> true;
      case "embedded" -> false;
      case "auto" -> anEngineMayBeThere() && DockerClientFactory.instance().isDockerAvailable();
      default ->
          throw new IllegalArgumentException(
              "-Dtestkit.servers is containers, embedded or auto, not " + choice);
    };
  }

  /** Looks before Testcontainers does, which complains at length where there is no engine. */
  private static boolean anEngineMayBeThere() {
    return System.getenv("DOCKER_HOST") != null
        || Files.exists(Path.of("/var/run/docker.sock"))
        || Files.exists(Path.of(System.getProperty("user.home"), ".docker", "run", "docker.sock"));
  }

  /** Makes the service's role and schema, as the runner does, and says how to reach them. */
  Map<String, String> settingsFor(String service) {
    String role = "autopilot_" + service;
    try (Connection connection = DriverManager.getConnection(jdbcUrl, user, password);
        Statement statement = connection.createStatement()) {
      if (!exists(statement, role)) {
        statement.execute("create role %s login password '%s'".formatted(role, ROLE_PASSWORD));
        statement.execute("create schema %s authorization %s".formatted(service, role));
      }
    } catch (SQLException failure) {
      throw new IllegalStateException("No schema could be made for " + service, failure);
    }
    return Map.of(
        "quarkus.datasource.jdbc.url", jdbcUrl + "?currentSchema=" + service,
        "quarkus.datasource.username", role,
        "quarkus.datasource.password", ROLE_PASSWORD,
        "kafka.bootstrap.servers", bootstrapServers);
  }

  private static boolean exists(Statement statement, String role) throws SQLException {
    try (ResultSet found =
        statement.executeQuery("select 1 from pg_roles where rolname = '" + role + "'")) {
      return found.next();
    }
  }
}
