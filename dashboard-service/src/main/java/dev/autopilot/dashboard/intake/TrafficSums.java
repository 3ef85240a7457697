package dev.autopilot.dashboard.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.UUID;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** Requests, errors and latency by minute, route and person; what charts are drawn from. */
@ApplicationScoped
class TrafficSums {
  private static final String ADD =
      """
      insert into traffic (minute, route, principal, user_id, requests, refused, errors, micros,
                           slowest_micros)
      select ?, ?, ?, ?, ?, ?, ?, ?, ?
      where not exists (select from erased where user_id = ?)
      on conflict (user_id, minute, route, principal)
      do update set requests = traffic.requests + excluded.requests,
                    refused = traffic.refused + excluded.refused,
                    errors = traffic.errors + excluded.errors,
                    micros = traffic.micros + excluded.micros,
                    slowest_micros = greatest(traffic.slowest_micros, excluded.slowest_micros)
      """;

  private final Session session;

  TrafficSums(Session session) {
    this.session = session;
  }

  /**
   * In the transaction that also notes the event as seen. Routes are the topic's keys, so two
   * consumers never fight for a row.
   */
  void add(@Nullable UUID user, TrafficSum sum) {
    session.doWork(connection -> {
      if (user != null) {
        // Either the person is erased before this looks, or what it adds is erased with them.
        Fold.takeTurn(connection);
      }
      add(connection, user, sum);
    });
  }

  private static void add(Connection connection, @Nullable UUID user, TrafficSum sum)
      throws SQLException {
    try (PreparedStatement add = connection.prepareStatement(ADD)) {
      add.setObject(1, sum.minute().atOffset(ZoneOffset.UTC));
      add.setString(2, sum.route());
      add.setString(3, sum.principal());
      add.setObject(4, user, Types.OTHER);
      add.setLong(5, sum.requests());
      add.setLong(6, sum.refused());
      add.setLong(7, sum.errors());
      add.setLong(8, sum.micros());
      add.setLong(9, sum.slowestMicros());
      add.setObject(10, user, Types.OTHER);
      add.executeUpdate();
    }
  }
}
