package dev.autopilot.integration.delivery;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.autopilot.events.envelope.EventJson;
import dev.autopilot.integration.Owner;
import dev.autopilot.integration.Sender;
import dev.autopilot.integration.signature.Scheme;
import dev.autopilot.kernel.Ids;
import dev.autopilot.testkit.Contracts;
import dev.autopilot.testkit.EventProbe;
import dev.autopilot.testkit.Tokens;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithServers
class DeliveryResourceTest {
  private final Owner ann = Owner.somebody();
  private final Owner bob = Owner.somebody();
  private String endpoint;

  @BeforeEach
  void makeAnEndpoint() {
    endpoint = ann.endpoint("{\"scheme\":\"none\"}").getString("id");
  }

  @Test
  void pagesFromTheNewestToTheOldestWithoutLossOrRepetition() {
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      sent.addFirst("number " + i);
      Sender.to(endpoint).send("number " + i);
    }

    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      JsonPath page = ann.get(endpoint, "?limit=3&count=true" + cursor);
      seen.addAll(page.getList("items.body", String.class));
      assertThat(page.getInt("total")).isEqualTo(7);
      String next = page.getString("nextCursor");
      cursor = next == null ? "" : "&cursor=" + next;
    } while (!cursor.isEmpty());

    assertThat(seen).isEqualTo(sent);
  }

  @Test
  void aDeliveryHasAllThatItsOwnerNeedsToKnow() {
    Sender.to(endpoint)
        .withQuery("a=1")
        .send("x".repeat(5000), "X-Colour", "red", "X-Colour", "blue");
    String id = ann.deliveries(endpoint).getString("items[0].id");

    JsonPath delivery =
        ann.request().get(path(endpoint) + "/" + id).then().statusCode(200).extract().jsonPath();

    assertThat(delivery.<String, Object>getMap(""))
        .containsOnlyKeys(
            "id",
            "endpointId",
            "receivedAt",
            "status",
            "refusal",
            "headers",
            "query",
            "size",
            "body",
            "bodyEncoding",
            "bodyTruncated",
            "replays",
            "executions")
        .containsEntry("endpointId", endpoint)
        .containsEntry("query", "a=1")
        .containsEntry("size", 5000)
        .containsEntry("bodyTruncated", false);
    assertThat(delivery.getString("body")).hasSize(5000);
    assertThat(delivery.getString("headers.x-colour")).isEqualTo("red, blue");
  }

  @Test
  void aReplayTellsItAgainAsANewEvent() {
    try (EventProbe events = EventProbe.on("integration.events.v1")) {
      Sender.to(endpoint).send("once", "Content-Type", "text/plain");
      String id = ann.deliveries(endpoint).getString("items[0].id");

      replay(ann, endpoint, id).then().statusCode(202).body("replays", equalTo(1));
      replay(ann, endpoint, id).then().statusCode(202).body("replays", equalTo(2));

      List<EventProbe.Event> told =
          events.awaitMany("integration.webhook.received", 3, event -> event.key().equals(id));
      assertThat(told).allSatisfy(Contracts::assertKept);
      assertThat(told.stream().map(event -> event.data().get("replay").intValue()))
          .containsExactly(0, 1, 2);
      assertThat(told.stream().map(event -> event.attributes().get("aggregateversion")))
          .containsExactly("0", "1", "2");
      assertThat(told.stream().map(event -> event.attributes().get("id"))).doesNotHaveDuplicates();
      assertThat(told.getLast().data().get("contentType").textValue()).isEqualTo("text/plain");
    }
    assertThat(ann.deliveries(endpoint).getList("items")).hasSize(1);
  }

  @Test
  void theSameReplayAgainIsNoSecondOne() {
    Sender.to(endpoint).send("once");
    String id = ann.deliveries(endpoint).getString("items[0].id");

    for (int i = 0; i < 2; i++) {
      ann.request()
          .header("Idempotency-Key", "replay " + id)
          .post(path(endpoint) + "/" + id + "/replay")
          .then()
          .statusCode(202)
          .header("Idempotency-Replayed", i == 0 ? null : "true")
          .body("replays", equalTo(1));
    }
    assertThat(ann.deliveries(endpoint).getInt("items[0].replays")).isEqualTo(1);
  }

  @Test
  void whatWasRejectedCannotBeReplayed() {
    String signed = ann.endpoint("{\"scheme\":\"github\"}").getString("id");
    Sender.to(signed).send("rubbish");
    String id = ann.deliveries(signed).getString("items[0].id");

    replay(ann, signed, id).then().statusCode(409).body("code", equalTo("delivery_rejected"));
  }

  @Test
  void whatIsSomebodyElsesIsNotThere() {
    Sender.to(endpoint).send("for Ann");
    String id = ann.deliveries(endpoint).getString("items[0].id");
    String his = bob.endpoint("{\"scheme\":\"none\"}").getString("id");

    isNotFound(bob.request().get(path(endpoint)), "endpoint_not_found");
    isNotFound(bob.request().get(path(endpoint) + "/" + id), "delivery_not_found");
    isNotFound(bob.request().get(path(his) + "/" + id), "delivery_not_found");
    isNotFound(replay(bob, endpoint, id), "delivery_not_found");
    isNotFound(replay(bob, his, id), "delivery_not_found");
    isNotFound(ann.request().get(path(Ids.next().toString())), "endpoint_not_found");
    isNotFound(replay(ann, endpoint, Ids.next().toString()), "delivery_not_found");
    assertThat(ann.deliveries(endpoint).getInt("items[0].replays")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage", "W10", "WyJ4Il0", "bnVsbA"})
  void aCursorThatIsNotOursIsRefused(String cursor) {
    ann.request()
        .get(path(endpoint) + "?cursor=" + cursor)
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid_cursor"));
  }

  @Test
  void readingNeedsATokenAndReplayingTheWholeScope() {
    Sender.to(endpoint).send("once");
    String id = ann.deliveries(endpoint).getString("items[0].id");
    String reading = Tokens.forUser(ann.user()).scope("integrations:read").mint();

    given().get(path(endpoint)).then().statusCode(401);
    given().auth().oauth2(reading).get(path(endpoint)).then().statusCode(200);
    given()
        .auth()
        .oauth2(reading)
        .post(path(endpoint) + "/" + id + "/replay")
        .then()
        .statusCode(403)
        .body("code", equalTo("forbidden"));
  }

  @Test
  void isToldAsTheContractSays() {
    assertThat(
            EventJson.tree(
                new WebhookReceived(
                    UUID.fromString("01981b5e-7300-7000-8000-000000000004"),
                    UUID.fromString("01981b5e-7400-7000-8000-000000000005"),
                    Scheme.GITHUB,
                    "application/json",
                    7421,
                    0,
                    ann.user())))
        .isEqualTo(Contracts.golden("integration.webhook.received").get("data"));
  }

  private static Response replay(Owner owner, String endpoint, String id) {
    return owner.request().post(path(endpoint) + "/" + id + "/replay");
  }

  private static String path(String endpoint) {
    return Owner.WEBHOOKS + "/" + endpoint + "/deliveries";
  }

  private static void isNotFound(Response answer, String code) {
    answer
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("code", equalTo(code));
  }
}
