package dev.autopilot.testkit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/** A schema in this test run's PostgreSQL, for tests that need no application around them. */
public final class TestDatabase {
  private TestDatabase() {}

  /**
   * A connection to the schema of that name, made if it isn't there; whoever opens it closes it. No
   * service is called so: a service's schema is its migrations' own.
   */
  public static Connection connect(String schema) throws SQLException {
    Map<String, String> settings = Servers.running().settingsFor(schema);
    return DriverManager.getConnection(
        settings.get("quarkus.datasource.jdbc.url"),
        settings.get("quarkus.datasource.username"),
        settings.get("quarkus.datasource.password"));
  }
}
