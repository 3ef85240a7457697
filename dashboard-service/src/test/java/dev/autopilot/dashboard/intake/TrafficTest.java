package dev.autopilot.dashboard.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.autopilot.kernel.Ids;
import dev.autopilot.testkit.Contracts;
import dev.autopilot.testkit.OtherServices;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the gateways promise to tell, as it is told, kept as charts will want it. */
@QuarkusTest
@WithServers
class TrafficTest {
  private static final String TYPE = "gateway.traffic.summed";
  private static final ObjectMapper JSON = new ObjectMapper();

  @Inject DataSource database;

  private final OtherServices gateways = OtherServices.speaking();
  private final UUID ann = Ids.next();

  @AfterEach
  void close() {
    gateways.close();
  }

  @Test
  void theSumsOfOneMinuteAddUpAndTheSlowestStaysTheSlowest() {
    tell(ann, "projects", data -> {});
    tell(ann, "projects", data -> data.put("requests", 5).put("slowestMicros", 7));

    await()
        .untilAsserted(() ->
            assertThat(rowsOf(ann))
                .containsExactly(
                    new Row(
                        Instant.parse("2026-01-15T09:30:00Z"),
                        "projects",
                        "user",
                        125,
                        14,
                        4,
                        691356,
                        20123)));
  }

  @Test
  void minutesAndRoutesAreKeptApart() {
    tell(ann, "projects", data -> {});
    tell(ann, "projects", data -> data.put("minute", "2026-01-15T09:31:00Z"));
    tell(ann, "chat", data -> {});

    await().until(() -> rowsOf(ann).size() == 3);
  }

  @Test
  void whatIsDeliveredTwiceCountsOnce() throws SQLException {
    Map<String, String> attributes = attributes(ann, "projects");
    gateways.tellOn("gateway.traffic.v1", attributes, data(ann, "projects"));
    gateways.tellOn("gateway.traffic.v1", attributes, data(ann, "projects"));
    afterAll("projects");

    assertThat(rowsOf(ann)).singleElement().extracting(Row::requests).isEqualTo(120L);
  }

  @Test
  void nobodysRequestsAreKeptToo() {
    String route = "route-" + ann;
    tell(null, route, data -> data.put("principal", "anonymous"));
    tell(null, route, data -> data.put("principal", "other"));

    await()
        .untilAsserted(() ->
            assertThat(rowsOf(null))
                .filteredOn(row -> row.route().equals(route))
                .extracting(Row::principal)
                .containsExactlyInAnyOrder("anonymous", "other"));
  }

  @Test
  void withAPersonGoesTheirTrafficAndWhateverStillArrives() throws SQLException {
    tell(ann, "projects", data -> {});
    await().until(() -> rowsOf(ann).size() == 1);

    gateways.tell("auth.user.deleted", ann.toString(), ann, Map.of("userId", ann.toString()));
    await().until(() -> rowsOf(ann).isEmpty());
    tell(ann, "projects", data -> {});
    afterAll("projects");

    assertThat(rowsOf(ann)).isEmpty();
  }

  /** Returns when all that was told of that route before has been heard. */
  private void afterAll(String route) throws SQLException {
    UUID bob = Ids.next();
    tell(bob, route, data -> {});
    await().atMost(Duration.ofSeconds(20)).until(() -> !rowsOf(bob).isEmpty());
  }

  private void tell(@Nullable UUID user, String route, Consumer<ObjectNode> change) {
    ObjectNode data = data(user, route);
    change.accept(data);
    gateways.tellOn("gateway.traffic.v1", attributes(user, route), data);
  }

  /** The golden event of the gateway's contract, about somebody else. */
  private static Map<String, String> attributes(@Nullable UUID user, String route) {
    Map<String, String> attributes = new HashMap<>();
    golden("attributes")
        .properties()
        .forEach(one -> attributes.put(one.getKey(), one.getValue().textValue()));
    attributes.put("id", Ids.next().toString());
    attributes.put("subject", route);
    attributes.remove("userid");
    if (user != null) {
      attributes.put("userid", user.toString());
    }
    return attributes;
  }

  private static ObjectNode data(@Nullable UUID user, String route) {
    ObjectNode data = JSON.convertValue(golden("data"), ObjectNode.class).put("route", route);
    data.remove("userId");
    return user == null ? data : data.put("userId", user.toString());
  }

  private static JsonNode golden(String part) {
    return Contracts.golden(TYPE).get(part);
  }

  private record Row(
      Instant minute,
      String route,
      String principal,
      long requests,
      long refused,
      long errors,
      long micros,
      long slowestMicros) {}

  private List<Row> rowsOf(@Nullable UUID user) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement query =
            connection.prepareStatement(
                """
                select minute, route, principal, requests, refused, errors, micros, slowest_micros
                from traffic where user_id is not distinct from ?::uuid
                """)) {
      query.setString(1, user == null ? null : user.toString());
      List<Row> rows = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          rows.add(
              new Row(
                  row.getObject(1, OffsetDateTime.class).toInstant(),
                  row.getString(2),
                  row.getString(3),
                  row.getLong(4),
                  row.getLong(5),
                  row.getLong(6),
                  row.getLong(7),
                  row.getLong(8)));
        }
      }
      return rows;
    }
  }
}
