package dev.autopilot.events.database;

import io.smallrye.config.SmallRyeConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.eclipse.microprofile.config.Config;

/**
 * Connections of the platform's own, beside the pool of requests: the relay, the readiness check
 * and the cleaning must go on while requests have taken every pooled connection.
 */
@ApplicationScoped
public class DirectConnections {
  private static final String DATASOURCE = "quarkus.datasource.";

  private final SmallRyeConfig config;

  DirectConnections(Config config) {
    this.config = config.unwrap(SmallRyeConfig.class);
  }

  /**
   * A connection in autocommit, to be closed by whoever opened it.
   *
   * @param purpose what {@code pg_stat_activity} shows behind the service's name
   * @param patience after which an unanswered statement fails
   */
  public Connection open(String purpose, Duration patience) throws SQLException {
    Properties properties = new Properties();
    properties.putAll(
        config
            .getOptionalValues(
                DATASOURCE + "jdbc.additional-jdbc-properties", String.class, String.class)
            .orElse(Map.of()));
    properties.merge(
        "ApplicationName", purpose, (service, what) -> "%s %s".formatted(service, what));
    properties.setProperty("socketTimeout", Long.toString(Math.max(1, patience.toSeconds())));
    config
        .getOptionalValue(DATASOURCE + "username", String.class)
        .ifPresent(name -> properties.setProperty("user", name));
    config
        .getOptionalValue(DATASOURCE + "password", String.class)
        .ifPresent(word -> properties.setProperty("password", word));
    return DriverManager.getConnection(
        config.getValue(DATASOURCE + "jdbc.url", String.class), properties);
  }
}
