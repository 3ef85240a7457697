package dev.autopilot.dashboard.stats;

import dev.autopilot.dashboard.scope.Whose;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;

/** The figures as they stand, without what lies in containers that are gone. */
@ApplicationScoped
class Tallies {
  private final DataSource database;

  Tallies(DataSource database) {
    this.database = database;
  }

  Map<String, BigDecimal> of(Whose whose) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement query =
            connection.prepareStatement(
                switch (whose) {
                  case Whose.Own own ->
                      "select metric, sum(amount) from tally where user_id = ? and shown"
                          + " group by metric";
                  case Whose.Everybodys all ->
                      "select metric, sum(amount) from tally where shown group by metric";
                })) {
      if (whose instanceof Whose.Own own) {
        query.setObject(1, own.user());
      }
      Map<String, BigDecimal> tallies = new HashMap<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          tallies.put(row.getString(1), row.getBigDecimal(2));
        }
      }
      return tallies;
    }
  }
}
