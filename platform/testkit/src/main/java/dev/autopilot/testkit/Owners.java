package dev.autopilot.testkit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Whose a row is, as the tables of a service say it: asked of the schema itself, so that a table
 * that comes later is looked at as well.
 *
 * <pre>{@code
 * assertThat(Owners.optionalIn(database)).isEmpty();
 * }</pre>
 */
public final class Owners {
  private Owners() {}

  /** Every {@code table.column} that names a person and that a row may leave empty. */
  public static List<String> optionalIn(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement question =
            connection.prepareStatement(
                """
                select table_name || '.' || column_name from information_schema.columns
                where table_schema = current_schema() and is_nullable = 'YES'
                  and column_name in ('owner_id', 'user_id', 'account_id')
                order by 1
                """);
        ResultSet row = question.executeQuery()) {
      List<String> found = new ArrayList<>();
      while (row.next()) {
        found.add(row.getString(1));
      }
      return found;
    }
  }
}
