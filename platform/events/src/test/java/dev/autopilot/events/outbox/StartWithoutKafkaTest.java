package dev.autopilot.events.outbox;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.events.database.DirectConnections;
import dev.autopilot.events.testapp.Notes;
import dev.autopilot.events.testapp.Servers;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URL;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(StartWithoutKafkaTest.WithoutKafka.class)
class StartWithoutKafkaTest {
  public static final class WithoutKafka implements QuarkusTestProfile {
    @Override
    public boolean disableGlobalTestResources() {
      return true;
    }

    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(Servers.class, Map.of(Servers.WITHOUT_KAFKA, "true")));
    }
  }

  @Inject Notes notes;
  @Inject DirectConnections connections;

  @TestHTTPResource(value = "/health/ready", management = true)
  URL readiness;

  @Test
  void aServiceStartsAndWorksAndItsEventsWait() throws SQLException {
    given().get(readiness).then().statusCode(200);

    notes.create("before Kafka was ever there");

    try (Connection connection = connections.open("test", Duration.ofSeconds(5));
        ResultSet row = connection.createStatement().executeQuery("select count(*) from outbox")) {
      row.next();
      assertThat(row.getLong(1)).isEqualTo(1);
    }
  }
}
