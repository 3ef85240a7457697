package dev.autopilot.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
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
 * A PostgreSQL and a Kafka for tests. What is shared between class loaders stands in system
 * properties, for Quarkus gives tests and application loaders of their own.
 *
 * @param postgres {@code host:port}
 * @param database the one that these tests use
 * @param user the superuser
 * @param kafka {@code host:port}
 */
record Servers(String postgres, String database, String user, String password, String kafka) {
  private static final String PREFIX = "testkit.running.";
  private static final String ROLE_PASSWORD = "test";

  static {
    try {
      // Drivers are looked for once per JVM, by whichever class loader asked first; this one must
      // see it too.
      Class.forName("org.postgresql.Driver");
    } catch (ClassNotFoundException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /**
   * The servers of these tests: those of the whole run where there is one and nobody else is at
   * them, else some of their own, which end with this JVM.
   */
  static Servers running() {
    synchronized (System.getProperties()) {
      Properties known = System.getProperties();
      if (known.getProperty(PREFIX + "postgres") == null) {
        TestRun.current()
            .flatMap(TestRun::takeForGood)
            .orElseGet(Servers::startOwn)
            .writeTo(known, PREFIX);
      }
      return readFrom(known, PREFIX);
    }
  }

  private static Servers startOwn() {
    try {
      return start(
          Files.createTempDirectory(Files.createDirectories(Path.of("target")), "servers-"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Starts both; they end with this JVM. The folder is for their data, if they need one here. */
  static Servers start(Path folder) {
    return useContainers() ? ContainerServers.start() : EmbeddedServers.start(folder);
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
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      if (!exists(statement, "select 1 from pg_roles where rolname = '" + role + "'")) {
        statement.execute("create role %s login password '%s'".formatted(role, ROLE_PASSWORD));
      }
      statement.execute("create schema if not exists %s authorization %s".formatted(service, role));
    } catch (SQLException failure) {
      throw new IllegalStateException("No schema could be made for " + service, failure);
    }
    return Map.of(
        "quarkus.datasource.jdbc.url", jdbcUrl() + "?currentSchema=" + service,
        "quarkus.datasource.username", role,
        "quarkus.datasource.password", ROLE_PASSWORD,
        "kafka.bootstrap.servers", kafka);
  }

  /** The same servers, with a database of that name in which nobody has been. */
  Servers withDatabase(String name) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException failure) {
      throw new IllegalStateException("The database %s can't be made".formatted(name), failure);
    }
    return new Servers(postgres, name, user, password, kafka);
  }

  void writeTo(Properties properties, String prefix) {
    properties.setProperty(prefix + "database", database);
    properties.setProperty(prefix + "user", user);
    properties.setProperty(prefix + "password", password);
    properties.setProperty(prefix + "kafka", kafka);
    properties.setProperty(prefix + "postgres", postgres);
  }

  static Servers readFrom(Properties properties, String prefix) {
    return new Servers(
        properties.getProperty(prefix + "postgres"),
        properties.getProperty(prefix + "database"),
        properties.getProperty(prefix + "user"),
        properties.getProperty(prefix + "password"),
        properties.getProperty(prefix + "kafka"));
  }

  private String jdbcUrl() {
    return "jdbc:postgresql://%s/%s".formatted(postgres, database);
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl(), user, password);
  }

  private static boolean exists(Statement statement, String query) throws SQLException {
    try (ResultSet found = statement.executeQuery(query)) {
      return found.next();
    }
  }
}
