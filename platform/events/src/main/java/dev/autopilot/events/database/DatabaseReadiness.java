package dev.autopilot.events.database;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Ready while the database answers, asked over a connection of its own: a pool that requests have
 * exhausted would otherwise take every replica out at once. Kafka isn't asked: the outbox waits.
 */
@Readiness
@ApplicationScoped
class DatabaseReadiness implements HealthCheck {
  private static final Logger LOG = Logger.getLogger(DatabaseReadiness.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration FRESH = Duration.ofSeconds(2);

  private final DirectConnections connections;
  private @Nullable Connection connection;
  private boolean up = true;
  private long askedAt = System.nanoTime() - FRESH.toNanos();

  DatabaseReadiness(DirectConnections connections) {
    this.connections = connections;
  }

  @Override
  public synchronized HealthCheckResponse call() {
    if (System.nanoTime() - askedAt >= FRESH.toNanos()) {
      boolean answers = answers();
      if (answers != up) {
        LOG.warn(answers ? "The database answers again" : "The database doesn't answer");
      }
      up = answers;
      askedAt = System.nanoTime();
    }
    return HealthCheckResponse.named("database").status(up).build();
  }

  private boolean answers() {
    try {
      if (connection == null) {
        connection = connections.open("readiness", PATIENCE);
      }
      try (Statement statement = connection.createStatement()) {
        return statement.execute("select 1");
      }
    } catch (SQLException down) {
      LOG.debug("The database doesn't answer", down);
      close();
      return false;
    }
  }

  @PreDestroy
  synchronized void close() {
    try (Connection _ = connection) {
      connection = null;
    } catch (SQLException alreadyGone) {
      LOG.trace("Closing a dead connection", alreadyGone);
    }
  }
}
