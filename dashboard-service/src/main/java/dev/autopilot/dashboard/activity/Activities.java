package dev.autopilot.dashboard.activity;

import dev.autopilot.dashboard.scope.Whose;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What happened, by position. Every question is a walk along an index from a given place. */
@ApplicationScoped
class Activities {
  private static final String COLUMNS =
      "select position, id, type, actor, subject, summary, occurred_at from activity where ";

  private final DataSource database;

  Activities(DataSource database) {
    this.database = database;
  }

  /** The newest that are older than the position, newest first. */
  List<Activity.Placed> before(Whose whose, long position, int limit) throws SQLException {
    return read(whose, "position < ? order by position desc limit ?", position, limit);
  }

  /** The oldest that are newer than the position, oldest first. */
  List<Activity.Placed> after(Whose whose, long position, int limit) throws SQLException {
    return read(whose, "position > ? order by position limit ?", position, limit);
  }

  long count(Whose whose) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement query =
            connection.prepareStatement("select count(*) from activity where " + of(whose))) {
      bind(query, whose);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** The position of the newest of all. */
  long last() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement query =
            connection.prepareStatement("select coalesce(max(position), 0) from activity");
        ResultSet row = query.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Everybody to whom something happened within these positions. */
  Set<UUID> usersBetween(long after, long upTo) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement query =
            connection.prepareStatement(
                """
                select distinct user_id from activity
                where position > ? and position <= ? and user_id is not null
                """)) {
      query.setLong(1, after);
      query.setLong(2, upTo);
      Set<UUID> users = new HashSet<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          users.add(row.getObject(1, UUID.class));
        }
      }
      return users;
    }
  }

  private List<Activity.Placed> read(Whose whose, String walk, long position, int limit)
      throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement query =
            connection.prepareStatement(COLUMNS + of(whose) + " and " + walk)) {
      int next = bind(query, whose);
      query.setLong(next, position);
      query.setInt(next + 1, limit);
      List<Activity.Placed> found = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          found.add(placed(row));
        }
      }
      return found;
    }
  }

  private static String of(Whose whose) {
    return switch (whose) {
      case Whose.Own own -> "user_id = ?";
      case Whose.Everybodys all -> "true";
    };
  }

  private static int bind(PreparedStatement query, Whose whose) throws SQLException {
    return switch (whose) {
      case Whose.Own own -> {
        query.setObject(1, own.user());
        yield 2;
      }
      case Whose.Everybodys all -> 1;
    };
  }

  private static Activity.Placed placed(ResultSet row) throws SQLException {
    @Nullable UUID actor = row.getObject("actor", UUID.class);
    return new Activity.Placed(
        row.getLong("position"),
        new Activity(
            row.getObject("id", UUID.class),
            row.getString("type"),
            actor,
            row.getString("subject"),
            row.getString("summary"),
            row.getObject("occurred_at", OffsetDateTime.class).toInstant()));
  }
}
