package dev.autopilot.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServersTest {
  @Test
  void eachServiceHasASchemaThatNoOtherCanTouch() throws SQLException {
    Map<String, String> alpha = Servers.running().settingsFor("alpha");
    Map<String, String> beta = Servers.running().settingsFor("beta");

    try (Connection connection = connect(alpha);
        var statement = connection.createStatement()) {
      statement.execute("create table mine (id int)");
      statement.execute("insert into mine values (1)");
    }
    try (Connection connection = connect(beta);
        var statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute("select * from alpha.mine"))
          .hasMessageContaining("permission denied");
      assertThatThrownBy(() -> statement.execute("select * from mine"))
          .hasMessageContaining("does not exist");
    }
  }

  @Test
  void askingAgainStartsNothingNew() {
    assertThat(Servers.running()).isEqualTo(Servers.running());
    assertThat(Servers.running().settingsFor("gamma"))
        .isEqualTo(Servers.running().settingsFor("gamma"));
  }

  private static Connection connect(Map<String, String> settings) throws SQLException {
    return DriverManager.getConnection(
        settings.get("quarkus.datasource.jdbc.url"),
        settings.get("quarkus.datasource.username"),
        settings.get("quarkus.datasource.password"));
  }
}
