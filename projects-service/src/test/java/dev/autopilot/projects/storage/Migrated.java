package dev.autopilot.projects.storage;

import dev.autopilot.testkit.TestDatabase;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Schemas with this service's own migrations, for tests without an application around them. */
public final class Migrated {
  private Migrated() {}

  /** A connection to the schema of that name as it is today. */
  public static Connection connect(String schema) throws SQLException {
    migrate(schema, "latest");
    return TestDatabase.connect(schema);
  }

  /** Brings the schema from wherever it is to a version. */
  static void migrate(String schema, String version) {
    Flyway.configure()
        .dataSource(source(schema))
        .defaultSchema(schema)
        .locations("db/events", "db/migration")
        .outOfOrder(true)
        .target(version)
        .load()
        .migrate();
  }

  private static DataSource source(String schema) {
    return (DataSource)
        Proxy.newProxyInstance(
            DataSource.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (_, method, _) -> {
              if (method.getName().equals("getConnection")) {
                return TestDatabase.connect(schema);
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }
}
