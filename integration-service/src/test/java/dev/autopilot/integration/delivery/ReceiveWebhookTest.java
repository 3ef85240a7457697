package dev.autopilot.integration.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.integration.Owner;
import dev.autopilot.integration.Sender;
import dev.autopilot.kernel.Ids;
import dev.autopilot.testkit.Contracts;
import dev.autopilot.testkit.EventProbe;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
class ReceiveWebhookTest {
  private static final String BODY = "{\"type\":\"invoice.paid\",\"amount\":12.50}";
  private static final String OPEN = "{\"scheme\":\"none\"}";

  private final DataSource database;
  private final Owner ann = Owner.somebody();

  ReceiveWebhookTest(DataSource database) {
    this.database = database;
  }

  @Test
  void aSignedDeliveryIsStoredByteForByteAndTold() {
    JsonPath endpoint = ann.endpoint("{\"scheme\":\"standard\"}");
    String id = endpoint.getString("id");
    try (EventProbe events = EventProbe.on("integration.events.v1")) {
      HttpResponse<String> answer =
          Sender.to(id)
              .send(BODY, Sender.standard(endpoint.getString("secret"), Sender.newId(), BODY));

      assertThat(answer.statusCode()).isEqualTo(202);
      assertThat(answer.body()).isEmpty();
      EventProbe.Event told =
          events.await(
              "integration.webhook.received",
              event -> event.data().get("endpointId").textValue().equals(id));
      Contracts.assertKept(told);
      JsonPath delivery = ann.deliveries(id);
      assertThat(delivery.getList("items")).hasSize(1);
      assertThat(delivery.getString("items[0].id")).isEqualTo(told.key());
      assertThat(delivery.getString("items[0].status")).isEqualTo("received");
      assertThat(delivery.getString("items[0].body")).isEqualTo(BODY);
      assertThat(delivery.getString("items[0].headers.content-type")).isEqualTo("application/json");
      assertThat(told.data().get("size").intValue()).isEqualTo(BODY.length());
      assertThat(told.data().get("scheme").textValue()).isEqualTo("standard");
      assertThat(told.data().get("replay").intValue()).isZero();
      assertThat(told.data().toString()).doesNotContain("invoice");
      assertThat(told.attributes())
          .containsEntry("userid", ann.user().toString())
          .containsEntry("subject", told.key());
    }
  }

  @Test
  void aDeliverySeenBeforeDoesNothing() {
    JsonPath endpoint = ann.endpoint("{\"scheme\":\"standard\"}");
    Sender sender = Sender.to(endpoint.getString("id"));
    String secret = endpoint.getString("secret");
    String id = Sender.newId();

    assertThat(sender.send(BODY, Sender.standard(secret, id, BODY)).statusCode()).isEqualTo(202);
    Instant later = Instant.now().plusSeconds(30);
    assertThat(sender.send(BODY, Sender.standard(secret, id, later, BODY)).statusCode())
        .isEqualTo(200);
    assertThat(sender.send(BODY, Sender.standard(secret, Sender.newId(), BODY)).statusCode())
        .isEqualTo(202);

    assertThat(ann.deliveries(endpoint.getString("id")).getList("items")).hasSize(2);
  }

  @Test
  void twentyAtOnceAreStoredAndToldOnce() {
    JsonPath endpoint = ann.endpoint("{\"scheme\":\"standard\"}");
    String id = endpoint.getString("id");
    String secret = endpoint.getString("secret");
    Sender sender = Sender.to(id);
    String[] signed = Sender.standard(secret, Sender.newId(), BODY);
    try (EventProbe events = EventProbe.on("integration.events.v1")) {
      List<CompletableFuture<HttpResponse<String>>> answers =
          Stream.generate(() -> sender.sendSoon(BODY, signed)).limit(20).toList();

      List<Integer> statuses =
          answers.stream().map(answer -> answer.join().statusCode()).sorted().toList();
      assertThat(statuses).containsOnly(200, 202).containsOnlyOnce(202).hasSize(20);

      EventProbe.Event told =
          events.await(
              "integration.webhook.received",
              event -> event.data().get("endpointId").textValue().equals(id));
      assertThat(ann.deliveries(id).getList("items.id")).containsExactly(told.key());
    }
  }

  @Test
  void withoutAnIdTheSameContentCountsOnceForAWhile() throws SQLException {
    String id = ann.endpoint(OPEN).getString("id");
    assertThat(Sender.to(id).send("ping").statusCode()).isEqualTo(202);
    assertThat(Sender.to(id).send("ping").statusCode()).isEqualTo(200);
    assertThat(Sender.to(id).send("pong").statusCode()).isEqualTo(202);
    assertThat(Sender.to(id).withQuery("n=2").send("ping").statusCode()).isEqualTo(202);

    age(id, Duration.ofMinutes(11));

    assertThat(Sender.to(id).send("ping").statusCode()).isEqualTo(202);
    assertThat(ann.deliveries(id).getList("items.query")).containsExactly(null, "n=2", null, null);
  }

  @Test
  void anIdIsRememberedForLong() throws SQLException {
    String id = ann.endpoint("{\"scheme\":\"none\",\"idHeader\":\"X-Delivery\"}").getString("id");
    assertThat(Sender.to(id).send("a", "X-Delivery", "1").statusCode()).isEqualTo(202);
    assertThat(Sender.to(id).send("a", "X-Delivery", "2").statusCode()).isEqualTo(202);

    age(id, Duration.ofDays(29));

    assertThat(Sender.to(id).send("b", "X-Delivery", "1").statusCode()).isEqualTo(200);
  }

  @Test
  void theSameIdAtAnotherEndpointIsAnotherDelivery() {
    String open = "{\"scheme\":\"none\",\"idHeader\":\"X-Delivery\"}";
    String one = ann.endpoint(open).getString("id");
    String another = ann.endpoint(open).getString("id");

    assertThat(Sender.to(one).send("a", "X-Delivery", "1").statusCode()).isEqualTo(202);
    assertThat(Sender.to(another).send("a", "X-Delivery", "1").statusCode()).isEqualTo(202);
  }

  @Test
  void whatIsNotBelievedIsRefusedAndItsOwnerLearnsWhy() {
    JsonPath endpoint = ann.endpoint("{\"scheme\":\"standard\"}");
    String id = endpoint.getString("id");
    Instant longAgo = Instant.now().minusSeconds(400);
    try (EventProbe events = EventProbe.on("integration.events.v1")) {
      isInvalidSignature(Sender.to(id).send(BODY));
      isInvalidSignature(
          Sender.to(id).send("{}", Sender.standard(endpoint.getString("secret"), "msg_1", BODY)));
      isInvalidSignature(
          Sender.to(id)
              .send(BODY, Sender.standard(endpoint.getString("secret"), "msg_1", longAgo, BODY)));
      Sender.to(id).send(BODY, Sender.standard(endpoint.getString("secret"), "msg_1", BODY));

      EventProbe.Event first =
          events.await(
              "integration.webhook.received",
              event -> event.data().get("endpointId").textValue().equals(id));
      assertThat(first.key()).isEqualTo(ann.deliveries(id).getString("items[0].id"));
    }
    JsonPath deliveries = ann.deliveries(id);
    assertThat(deliveries.getList("items.status"))
        .containsExactly("received", "rejected", "rejected", "rejected");
    assertThat(deliveries.getList("items.refusal"))
        .containsExactly(null, "timestamp_not_accepted", "signature_wrong", "signature_missing");
    assertThat(deliveries.getString("items[3].body")).isNull();
    assertThat(deliveries.getInt("items[3].size")).isEqualTo(BODY.length());
  }

  @Test
  void whoSendsRubbishFillsNoTable() throws SQLException {
    String id = ann.endpoint("{\"scheme\":\"github\"}").getString("id");
    for (int i = 0; i < 15; i++) {
      isInvalidSignature(Sender.to(id).send("rubbish " + i));
    }
    assertThat(ann.deliveries(id).getList("items")).as("within a minute").hasSize(10);

    for (int minute = 0; minute < 3; minute++) {
      age(id, Duration.ofMinutes(2));
      for (int i = 0; i < 15; i++) {
        isInvalidSignature(Sender.to(id).send("more rubbish " + i));
      }
    }
    assertThat(ann.deliveries(id).getList("items")).as("in all").hasSize(20);
  }

  @Test
  void gitHubStripeAndHmacAreBelievedOverHttpToo() {
    JsonPath gitHub = ann.endpoint("{\"scheme\":\"github\",\"secret\":\"a secret of ours\"}");
    assertThat(
            Sender.to(gitHub.getString("id"))
                .send(
                    BODY,
                    "X-GitHub-Delivery",
                    "1",
                    "X-Hub-Signature-256",
                    "sha256=" + Sender.hex("a secret of ours", BODY))
                .statusCode())
        .isEqualTo(202);

    String stripe = ann.endpoint("{\"scheme\":\"stripe\"}").getString("id");
    String[] signed = stripe("whsec_of_stripe");
    isInvalidSignature(Sender.to(stripe).send(BODY, signed));
    ann.request()
        .body("{\"verification\":{\"secret\":\"whsec_of_stripe\"}}")
        .patch(Owner.WEBHOOKS + "/" + stripe)
        .then()
        .statusCode(200);
    assertThat(Sender.to(stripe).send(BODY, signed).statusCode()).isEqualTo(202);

    JsonPath hmac = ann.endpoint("{\"scheme\":\"hmac\",\"header\":\"X-Signature\"}");
    assertThat(
            Sender.to(hmac.getString("id"))
                .send(BODY, "X-Signature", Sender.hex(hmac.getString("secret"), BODY))
                .statusCode())
        .isEqualTo(202);
  }

  @Test
  void aFormOfSlackIsVerifiedAsItWasSentAndItsChallengeAnswered() {
    String id =
        ann.endpoint("{\"scheme\":\"slack\",\"secret\":\"8f742231b10e8888\"}").getString("id");
    String form = "token=x&command=%2Fweather&text=94070";

    assertThat(
            Sender.to(id).send(form, slack(form, "application/x-www-form-urlencoded")).statusCode())
        .isEqualTo(202);
    assertThat(ann.deliveries(id).getString("items[0].body")).isEqualTo(form);

    String challenge = "{\"type\":\"url_verification\",\"challenge\":\"3eZbrw1a\"}";
    HttpResponse<String> answer =
        Sender.to(id).send(challenge, slack(challenge, "application/json"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("3eZbrw1a");
    assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("text/plain");
    assertThat(ann.deliveries(id).getList("items")).as("a challenge is no delivery").hasSize(1);
  }

  @Test
  void anythingAtAllCanBeDelivered() {
    String id = ann.endpoint(OPEN).getString("id");

    assertThat(Sender.to(id).send(new byte[0]).statusCode()).isEqualTo(202);
    assertThat(Sender.to(id).send(new byte[] {0, -1, -2}, "Content-Type", "image/x").statusCode())
        .isEqualTo(202);
    assertThat(Sender.to(id).send("{not json", "Content-Type", "application/json").statusCode())
        .isEqualTo(202);
    assertThat(Sender.to(id).send("text", "Authorization", "Bearer of their own").statusCode())
        .isEqualTo(202);

    JsonPath deliveries = ann.deliveries(id);
    assertThat(deliveries.getList("items.body")).containsExactly("text", "{not json", "AP/+", "");
    assertThat(deliveries.getList("items.bodyEncoding"))
        .containsExactly("utf-8", "utf-8", "base64", "utf-8");
    assertThat(deliveries.<String, String>getMap("items[0].headers"))
        .as("a credential is not kept")
        .doesNotContainKey("authorization");
  }

  @Test
  void atMostAMegabyteIsTaken() {
    String id = ann.endpoint(OPEN).getString("id");

    HttpResponse<String> answer = Sender.to(id).send(new byte[1024 * 1024 + 1]);

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("payload_too_large");
    assertThat(Sender.to(id).send("x".repeat(1024 * 1024)).statusCode()).isEqualTo(202);
    JsonPath listed = ann.deliveries(id);
    assertThat(listed.getString("items[0].body")).hasSize(4096);
    assertThat(listed.getBoolean("items[0].bodyTruncated")).isTrue();
  }

  @Test
  void whereThereIsNoEndpointNothingIsTaken() {
    HttpResponse<String> unknown = Sender.to(Ids.next().toString()).send(BODY);
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.body()).contains("endpoint_not_found");
    assertThat(Sender.to("not-a-uuid").send(BODY).statusCode()).isEqualTo(404);

    String deleted = ann.endpoint(OPEN).getString("id");
    ann.request().delete(Owner.WEBHOOKS + "/" + deleted).then().statusCode(204);
    assertThat(Sender.to(deleted).send(BODY).statusCode()).isEqualTo(404);
  }

  private static void isInvalidSignature(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
    assertThat(answer.body())
        .contains("\"code\":\"invalid_signature\"")
        .doesNotContain("signature_missing", "signature_wrong", "timestamp_not_accepted");
  }

  private static String[] stripe(String secret) {
    long now = Instant.now().getEpochSecond();
    return new String[] {
      "Stripe-Signature", "t=" + now + ",v1=" + Sender.hex(secret, now + "." + BODY)
    };
  }

  private static String[] slack(String body, String contentType) {
    long now = Instant.now().getEpochSecond();
    return new String[] {
      "Content-Type",
      contentType,
      "X-Slack-Request-Timestamp",
      Long.toString(now),
      "X-Slack-Signature",
      "v0=" + Sender.hex("8f742231b10e8888", "v0:" + now + ":" + body)
    };
  }

  /** As if everything at the endpoint had happened that much earlier. */
  private void age(String endpoint, Duration by) throws SQLException {
    for (String table : List.of("delivery", "seen_delivery")) {
      try (Connection connection = database.getConnection();
          PreparedStatement update =
              connection.prepareStatement(
                  "update %s set created_at = created_at - make_interval(secs => ?) where endpoint_id = ?"
                      .formatted(table))) {
        update.setDouble(1, (double) by.toSeconds());
        update.setObject(2, UUID.fromString(endpoint));
        update.executeUpdate();
      }
    }
  }
}
