package dev.autopilot.projects.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.autopilot.projects.AField;
import dev.autopilot.projects.Person;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
class SlowQueryTest {
  private final Person ada = Person.anyone();

  @Inject DataSource dataSource;

  @Test
  void aQueryThatTakesTooLongIsGivenUp() throws SQLException {
    String database = ada.database(AField.of("name", "text"));
    ada.record(database, Map.of("name", "Oak"));
    try (Connection other = dataSource.getConnection()) {
      other.setAutoCommit(false);
      // What makes it slow doesn't matter: here somebody holds the table.
      other.createStatement().execute("lock table " + table(other, database));

      ada.get("/api/records", "databaseId", database, "filter", "name ~ \"oak\"")
          .then()
          .statusCode(422)
          .body("code", equalTo("query_too_slow"));
      other.rollback();
    }
    assertThat(ada.found(database, "name", "name ~ \"oak\"")).containsExactly("Oak");
  }

  private static String table(Connection connection, String database) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("select storage from database where id = ?::uuid")) {
      query.setString(1, database);
      try (ResultSet found = query.executeQuery()) {
        assertThat(found.next()).isTrue();
        return "record_" + found.getLong(1);
      }
    }
  }
}
