package dev.autopilot.events.database;

import io.quarkus.flyway.FlywayConfigurationCustomizer;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Migrations have connections of their own: what fills a large table or builds its index takes
 * longer than a statement of a request ever may.
 */
@ApplicationScoped
public class PatientMigrations implements FlywayConfigurationCustomizer {
  private static final Duration PATIENCE = Duration.ofDays(1);

  private final DirectConnections connections;

  PatientMigrations(DirectConnections connections) {
    this.connections = connections;
  }

  @Override
  public void customize(FluentConfiguration configuration) {
    configuration.dataSource(new Direct(connections));
  }

  private record Direct(DirectConnections connections) implements DataSource {
    @Override
    public Connection getConnection() throws SQLException {
      return connections.open("migration", PATIENCE);
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
      throw new SQLFeatureNotSupportedException();
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
      return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
      return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
      throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
      throw new SQLFeatureNotSupportedException();
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
      return false;
    }
  }
}
