package dev.autopilot.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.testkit.Owners;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
class OwnersTest {
  @Inject DataSource database;

  @Test
  void aRowWithoutAnOwnerIsRefused() throws SQLException {
    assertThat(Owners.optionalIn(database)).isEmpty();
  }
}
