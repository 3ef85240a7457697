package dev.autopilot.projects.storage;

import dev.autopilot.events.database.DirectConnections;
import dev.autopilot.events.worker.Worker;
import dev.autopilot.projects.schema.Shape;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Works on tables while they are in use, over a connection of its own and outside of transactions:
 * {@code create index concurrently} knows no other way. One replica works at a time; what a crash
 * leaves half done is an invalid index, which is dropped and built again.
 */
@ApplicationScoped
class StorageWorker {
  private static final Duration LOOK_AROUND = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofMinutes(30);
  private static final int SWEPT_AT_ONCE = 2_000;

  private final DirectConnections connections;
  private @Nullable Worker worker;

  StorageWorker(DirectConnections connections) {
    this.connections = connections;
  }

  private record Task(long id, long storage, int slot, String kind, Shape shape) {}

  void onStart(@Observes StartupEvent start) {
    worker = Worker.start("storage", LOOK_AROUND, this::workOff);
  }

  void onStop(@Observes ShutdownEvent stop) {
    if (worker != null) {
      worker.close();
    }
  }

  /** The task may not be committed yet: what isn't seen now is seen when looking around. */
  void wake() {
    if (worker != null) {
      worker.wake();
    }
  }

  private void workOff() throws SQLException {
    try (Connection connection = connections.open("storage", PATIENCE)) {
      List<Task> tasks = tasks(connection);
      if (tasks.isEmpty() || !alone(connection)) {
        return;
      }
      for (Task task : tasks) {
        if (exists(connection, task)) {
          run(connection, task);
        }
        execute(connection, "delete from storage_task where id = " + task.id());
      }
    }
  }

  private static void run(Connection connection, Task task) throws SQLException {
    switch (task.kind()) {
      case "INDEX" -> index(connection, task);
      case "SWEEP" -> sweep(connection, task);
      default -> throw new IllegalStateException("No such task: " + task.kind());
    }
  }

  private static void index(Connection connection, Task task) throws SQLException {
    String name = Names.index(task.storage(), task.slot());
    // Dropped first, since a build that was cut off leaves one that is in the way and no use.
    execute(connection, "drop index concurrently if exists " + name);
    execute(
        connection,
        "create index concurrently %s on %s (%s, id)"
            .formatted(name, Names.table(task.storage()), Columns.sql(task.shape(), task.slot())));
  }

  private static void sweep(Connection connection, Task task) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            update %1$s set data = data - '%2$d'
            where id = any (array(
              select id from %1$s where jsonb_exists(data, '%2$d') limit %3$d))
            """
                .formatted(Names.table(task.storage()), task.slot(), SWEPT_AT_ONCE))) {
      while (update.executeUpdate() > 0) {
        if (Thread.currentThread().isInterrupted()) {
          throw new SQLException("stopped");
        }
      }
    }
  }

  private static boolean exists(Connection connection, Task task) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "select to_regclass('" + Names.table(task.storage()) + "') is not null")) {
      return result.next() && result.getBoolean(1);
    }
  }

  private static boolean alone(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet lock =
            statement.executeQuery(
                "select pg_try_advisory_lock(hashtext('projects.storage'), hashtext(current_schema()))")) {
      return lock.next() && lock.getBoolean(1);
    }
  }

  private static List<Task> tasks(Connection connection) throws SQLException {
    List<Task> tasks = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select id, storage, slot, kind, shape from storage_task order by id limit 100")) {
      while (row.next()) {
        tasks.add(
            new Task(
                row.getLong("id"),
                row.getLong("storage"),
                row.getInt("slot"),
                row.getString("kind"),
                Shape.valueOf(row.getString("shape"))));
      }
    }
    return tasks;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      boolean _ = statement.execute(sql);
    }
  }
}
