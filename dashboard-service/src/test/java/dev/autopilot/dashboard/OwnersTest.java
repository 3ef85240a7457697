package dev.autopilot.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autopilot.dashboard.scope.Whose;
import dev.autopilot.testkit.Owners;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
class OwnersTest {
  @Inject DataSource database;

  @AfterEach
  void tidy() throws SQLException {
    change("delete from activity where user_id is null");
    change("delete from tally where user_id is null");
  }

  @Test
  void onlyWhatIsHeardMayBeNobodys() throws SQLException {
    assertThat(Owners.optionalIn(database))
        .containsExactly(
            "activity.user_id",
            "archive.user_id",
            "arrival.user_id",
            "tally.user_id",
            "traffic.user_id");
  }

  @Test
  void whatIsNobodysIsSeenByNoPersonAndOnlyInTheAdministratorsWhole() throws SQLException {
    Dashboard admin = Dashboard.ofAnAdmin();
    change(
        """
        insert into activity (id, type, subject, summary, occurred_at)
        values (uuidv7(), 'projects.project.created', 'p', 'Of nobody', now())
        """);
    change("insert into tally (metric, amount) values ('projects', 7)");

    for (Dashboard person : new Dashboard[] {Dashboard.ofSomebodyNew(), admin}) {
      assertThat(person.stats().getInt("projects")).isZero();
      assertThat(person.activity().getList("items")).isEmpty();
    }
    assertThat(admin.get("/api/dashboard/stats?scope=all").getInt("projects"))
        .isGreaterThanOrEqualTo(7);
  }

  @Test
  @SuppressWarnings("NullAway")
  void aQuestionForNobodyIsNoQuestionForEverybody() {
    assertThatThrownBy(() -> new Whose.Own(null)).isInstanceOf(NullPointerException.class);
  }

  private void change(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }
}
