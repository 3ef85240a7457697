package dev.autopilot.integration.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.events.database.Expiring;
import dev.autopilot.testkit.WithServers;
import io.quarkus.arc.All;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the platform deletes, in small batches, is what says here that it expires. */
@QuarkusTest
@WithServers
class RetentionTest {
  private final List<Expiring> tables;
  private final DataSource database;

  RetentionTest(@All List<Expiring> tables, DataSource database) {
    this.tables = tables;
    this.database = database;
  }

  @ParameterizedTest
  @ValueSource(strings = {"delivery", "seen_delivery"})
  void deliveriesAndTheMemoryOfThemExpireAfterAMonth(String table) {
    assertThat(tables)
        .filteredOn(expiring -> expiring.table().equals(table))
        .singleElement()
        .extracting(Expiring::keptFor)
        .isEqualTo(Duration.ofDays(30));
  }

  @ParameterizedTest
  @ValueSource(strings = {"delivery", "seen_delivery"})
  void theOldestAreFoundWithoutReadingTheTable(String table) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement indexes =
            connection.prepareStatement(
                "select 1 from pg_indexes where schemaname = 'integration' and tablename = ?"
                    + " and indexdef like '%(created_at)'")) {
      indexes.setString(1, table);
      try (ResultSet row = indexes.executeQuery()) {
        assertThat(row.next()).isTrue();
      }
    }
  }

  @Test
  void howeverShortDeliveriesAreKeptAReplayedSignatureIsStillRemembered() {
    assertThat(new KeptForAMinute().memory()).isEqualTo(Duration.ofMinutes(10));
  }

  private record KeptForAMinute() implements WebhookSettings {
    @Override
    public Duration tolerance() {
      return Duration.ofMinutes(5);
    }

    @Override
    public Duration retention() {
      return Duration.ofMinutes(1);
    }

    @Override
    public int rejectedKept() {
      return 1;
    }

    @Override
    public int rejectedPerMinute() {
      return 1;
    }
  }
}
