package dev.autopilot.integration.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.autopilot.events.envelope.ReceivedEvent;
import dev.autopilot.integration.Owner;
import dev.autopilot.integration.Sender;
import dev.autopilot.testkit.Contracts;
import dev.autopilot.testkit.OtherServices;
import dev.autopilot.testkit.WithServers;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
class ErasureTest {
  private static final String OPEN = "{\"scheme\":\"none\"}";

  private final DataSource database;
  private final EraseEndpoints eraseEndpoints;
  private final Owner ann = Owner.somebody();
  private final Owner bob = Owner.somebody();

  ErasureTest(DataSource database, EraseEndpoints eraseEndpoints) {
    this.database = database;
    this.eraseEndpoints = eraseEndpoints;
  }

  @Test
  void withAPersonGoTheirEndpointsAndWhateverWasDeliveredThere() throws SQLException {
    String hers = ann.endpoint(OPEN).getString("id");
    String his = bob.endpoint(OPEN).getString("id");
    assertThat(Sender.to(hers).send("for Ann").statusCode()).isEqualTo(202);
    assertThat(Sender.to(his).send("for Bob").statusCode()).isEqualTo(202);

    try (OtherServices others = OtherServices.speaking()) {
      others.tell(
          "auth.user.deleted",
          ann.user().toString(),
          ann.user(),
          Map.of("userId", ann.user().toString()));
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> Sender.to(hers).send("late").statusCode() == 404);

    assertThat(rows("endpoint", "id", hers)).isZero();
    assertThat(rows("delivery", "endpoint_id", hers)).isZero();
    assertThat(rows("seen_delivery", "endpoint_id", hers)).isZero();
    assertThat(bob.deliveries(his).getList("items")).hasSize(1);
  }

  @Test
  void whatWasDeliveredGoesFirstAFewAtATime() throws SQLException {
    String hers = ann.endpoint(OPEN).getString("id");
    for (String body : List.of("one", "two", "three")) {
      assertThat(Sender.to(hers).send(body).statusCode()).isEqualTo(202);
    }

    assertThat(eraseTwo()).isEqualTo(2);
    assertThat(rows("delivery", "endpoint_id", hers)).isEqualTo(1);
    assertThat(eraseTwo()).isEqualTo(2);
    assertThat(rows("delivery", "endpoint_id", hers)).isZero();
    assertThat(rows("seen_delivery", "endpoint_id", hers)).isEqualTo(2);
    assertThat(eraseTwo()).isEqualTo(2);
    assertThat(rows("endpoint", "id", hers)).isEqualTo(1);
    assertThat(eraseTwo()).isEqualTo(1);
    assertThat(rows("endpoint", "id", hers)).isZero();
  }

  private int eraseTwo() {
    return QuarkusTransaction.requiringNew().call(() -> eraseEndpoints.eraseSome(ann.user(), 2));
  }

  @Test
  void isHeardAsAuthServiceTellsIt() {
    JsonNode golden = Contracts.golden("auth.user.deleted");
    Map<String, String> attributes = new HashMap<>();
    golden
        .get("attributes")
        .properties()
        .forEach(attribute -> attributes.put(attribute.getKey(), attribute.getValue().asText()));

    assertThat(ReceivedEvent.of(attributes, golden.get("data")).userId()).isNotNull();
  }

  private int rows(String table, String column, String id) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement count =
            connection.prepareStatement(
                "select count(*) from %s where %s = ?".formatted(table, column))) {
      count.setObject(1, UUID.fromString(id));
      try (ResultSet row = count.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }
}
