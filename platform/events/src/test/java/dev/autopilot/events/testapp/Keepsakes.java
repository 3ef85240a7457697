package dev.autopilot.events.testapp;

import dev.autopilot.events.erasure.PersonalData;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import java.util.function.ObjIntConsumer;

/** What goes with a person; fails as the test wishes. */
@ApplicationScoped
public class Keepsakes implements PersonalData {
  private final AgroalDataSource pool;
  private volatile ObjIntConsumer<UUID> mood = (user, atMost) -> {};

  Keepsakes(AgroalDataSource pool) {
    this.pool = pool;
  }

  /** Called with each step after it erased something; may throw. */
  public void behave(ObjIntConsumer<UUID> mood) {
    this.mood = mood;
  }

  @Override
  public int eraseSome(UUID user, int atMost) throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement delete =
            connection.prepareStatement(
                "delete from keepsake where ctid = any (array("
                    + "select ctid from keepsake where owner_id = ? limit ?))")) {
      delete.setObject(1, user);
      delete.setInt(2, atMost);
      int erased = delete.executeUpdate();
      mood.accept(user, atMost);
      return erased;
    }
  }

  public void give(UUID user, int count) throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into keepsake select ? from generate_series(1, ?)")) {
      insert.setObject(1, user);
      insert.setInt(2, count);
      insert.executeUpdate();
    }
  }

  public long count(UUID user) throws SQLException {
    return number("select count(*) from keepsake where owner_id = ?", user);
  }

  /** The most that went in one transaction. */
  public long mostAtOnce(UUID user) throws SQLException {
    return number(
        "select coalesce(max(size), 0) from (select count(*) as size from keepsake_gone"
            + " where owner_id = ? group by transaction)",
        user);
  }

  private long number(String sql, UUID user) throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      select.setObject(1, user);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
