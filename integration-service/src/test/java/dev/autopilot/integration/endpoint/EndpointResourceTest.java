package dev.autopilot.integration.endpoint;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.autopilot.integration.Owner;
import dev.autopilot.kernel.Ids;
import dev.autopilot.testkit.Tokens;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithServers
class EndpointResourceTest {
  private static final String STANDARD = "{\"scheme\":\"standard\"}";
  private static final String GIVEN = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private final DataSource database;
  private final Owner ann = Owner.somebody();
  private final Owner bob = Owner.somebody();

  EndpointResourceTest(DataSource database) {
    this.database = database;
  }

  static List<Tokens.Untrusted> untrusted() {
    return Tokens.untrusted(Ids.next());
  }

  @Test
  void aNewEndpointHasAnAddressAndShowsItsSecretOnce() {
    ValidatableResponse created =
        ann.post("{\"name\":\"Pushes\",\"verification\":" + STANDARD + "}")
            .then()
            .statusCode(201)
            .header("ETag", "\"0\"")
            .body("name", equalTo("Pushes"))
            .body("verification.scheme", equalTo("standard"))
            .body("verification.secretSet", equalTo(true))
            .body("verification", not(hasKey("secret")))
            .body("secret", matchesPattern("whsec_[A-Za-z0-9+/]{43}="));
    String id = created.extract().path("id");
    created
        .header("Location", containsString("/api/integrations/webhooks/" + id))
        .body("url", equalTo("http://gateway.test/api/webhooks/" + id));

    get(ann, id).then().statusCode(200).header("ETag", "\"0\"").body("$", not(hasKey("secret")));
    ann.request()
        .get(Owner.WEBHOOKS)
        .then()
        .body("items[0].id", equalTo(id))
        .body("items[0]", not(hasKey("secret")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"scheme\":\"github\"} | true",
        "{\"scheme\":\"hmac\",\"header\":\"X-Signature\"} | true",
        "{\"scheme\":\"stripe\"} | false",
        "{\"scheme\":\"slack\"} | false",
        "{\"scheme\":\"none\"} | false"
      })
  void aSecretIsMadeWhereTheSenderDoesNotMakeIt(String verification, boolean made) {
    JsonPath endpoint = ann.endpoint(verification);

    assertThat(endpoint.getString("secret") != null).isEqualTo(made);
    assertThat(endpoint.getBoolean("verification.secretSet")).isEqualTo(made);
  }

  @Test
  void secretsAreEncryptedInTheDatabase() throws SQLException {
    String id =
        ann.endpoint("{\"scheme\":\"standard\",\"secret\":\"" + GIVEN + "\"}").getString("id");

    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement("select e::text from endpoint e where id = ?")) {
      select.setObject(1, UUID.fromString(id));
      try (ResultSet row = select.executeQuery()) {
        assertThat(row.next()).isTrue();
        assertThat(row.getString(1)).contains("v1:").doesNotContain(GIVEN.substring(6));
      }
    }
  }

  @Test
  void theSameRequestAgainMakesNoSecondEndpoint() {
    String body = "{\"name\":\"Once\",\"verification\":" + STANDARD + "}";
    Response first = withKey("k").body(body).post(Owner.WEBHOOKS);
    Response second = withKey("k").body(body).post(Owner.WEBHOOKS);

    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(second.asString()).isEqualTo(first.asString());
    withKey("k")
        .body(body.replace("Once", "Twice"))
        .post(Owner.WEBHOOKS)
        .then()
        .statusCode(422)
        .body("code", equalTo("idempotency_key_reused"));
    assertThat(ann.request().get(Owner.WEBHOOKS).jsonPath().getList("items")).hasSize(1);
  }

  @Test
  void aPatchChangesWhatItNamesAndKeepsTheSecret() {
    String id = ann.endpoint("{\"scheme\":\"hmac\",\"header\":\"X-One\"}").getString("id");

    patch(ann, id, "{\"name\":\"Renamed\",\"verification\":{\"header\":\"X-Two\"}}")
        .then()
        .statusCode(200)
        .header("ETag", "\"1\"")
        .body("name", equalTo("Renamed"))
        .body("verification.scheme", equalTo("hmac"))
        .body("verification.header", equalTo("X-Two"))
        .body("verification.secretSet", equalTo(true))
        .body("$", not(hasKey("secret")));
  }

  @Test
  void aPatchThatChangesNothingMakesNoNewVersion() {
    String id = ann.endpoint(STANDARD).getString("id");

    patch(ann, id, "{\"name\":\"Pushes\"}").then().statusCode(200).header("ETag", "\"0\"");
  }

  @Test
  void anotherSchemeHasAnotherSecret() {
    JsonPath endpoint = ann.endpoint(STANDARD);

    patch(ann, endpoint.getString("id"), "{\"verification\":{\"scheme\":\"github\"}}")
        .then()
        .statusCode(200)
        .body("secret", matchesPattern("[0-9a-f]{64}"));
    patch(ann, endpoint.getString("id"), "{\"verification\":{\"scheme\":\"none\"}}")
        .then()
        .statusCode(200)
        .body("secret", nullValue())
        .body("verification.secretSet", equalTo(false));
  }

  @Test
  void aLostRaceChangesNothing() {
    String id = ann.endpoint(STANDARD).getString("id");
    patch(ann, id, "{\"name\":\"First\"}").then().statusCode(200);

    ann.request()
        .header("If-Match", "\"0\"")
        .body("{\"name\":\"Second\"}")
        .patch(Owner.WEBHOOKS + "/" + id)
        .then()
        .statusCode(412)
        .header("ETag", "\"1\"")
        .body("code", equalTo("precondition_failed"));
    ann.request()
        .header("If-Match", "\"0\"")
        .delete(Owner.WEBHOOKS + "/" + id)
        .then()
        .statusCode(412);
    get(ann, id).then().body("name", equalTo("First"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\":\"\",\"verification\":{\"scheme\":\"none\"}} | /name",
        "{\"verification\":{\"scheme\":\"none\"}} | /name",
        "{\"name\":5,\"verification\":{\"scheme\":\"none\"}} | /name",
        "{\"name\":\"a\"} | /verification",
        "{\"name\":\"a\",\"verification\":{}} | /verification/scheme",
        "{\"name\":\"a\",\"verification\":{\"scheme\":\"md5\"}} | /verification/scheme",
        "{\"name\":\"a\",\"verification\":{\"scheme\":\"none\"},\"colour\":1} | /colour",
        "{\"name\":\"a\",\"verification\":{\"scheme\":\"none\",\"salt\":1}} | /verification/salt",
        "{\"name\":\"a\",\"verification\":{\"scheme\":\"none\",\"secret\":\"12345678\"}} | /verification/secret",
        "{\"name\":\"a\",\"verification\":{\"scheme\":\"github\",\"secret\":\"short\"}} | /verification/secret",
        "{\"name\":\"a\",\"verification\":{\"scheme\":\"standard\",\"secret\":\"whsec_c2hvcnQ=\"}} | /verification/secret",
        "{\"name\":\"a\",\"verification\":{\"scheme\":\"hmac\"}} | /verification/header",
        "{\"name\":\"a\",\"verification\":{\"scheme\":\"hmac\",\"header\":\"a b\"}} | /verification/header",
        "{\"name\":\"a\",\"verification\":{\"scheme\":\"github\",\"header\":\"X-A\"}} | /verification/header",
        "{\"name\":\"a\",\"verification\":{\"scheme\":\"slack\",\"idHeader\":\"X-A\"}} | /verification/idHeader"
      })
  void aValueThatIsNotAllowedIs422AndPointedAt(String body, String pointer) {
    isProblem(ann.post(body).then(), 422, "validation_failed")
        .body("errors[0].pointer", equalTo(pointer));
    assertThat(ann.request().get(Owner.WEBHOOKS).jsonPath().getList("items")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "", "{\"name\":\"a\"} x", "nothing"})
  void malformedJsonIs400(String body) {
    isProblem(ann.post(body).then(), 400, "malformed_json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\":null} | /name",
        "{\"url\":\"http://elsewhere\"} | /url",
        "{\"verification\":{\"scheme\":\"hmac\"}} | /verification/header",
        "{\"verification\":{\"secret\":\"whsec_c2hvcnQ=\"}} | /verification/secret"
      })
  void aPatchIsHeldToTheSameRules(String patch, String pointer) {
    String id = ann.endpoint(STANDARD).getString("id");

    isProblem(patch(ann, id, patch).then(), 422, "validation_failed")
        .body("errors[0].pointer", equalTo(pointer));
    get(ann, id).then().header("ETag", "\"0\"");
  }

  @Test
  void whatIsSomebodyElsesIsNotThere() {
    String id = ann.endpoint(STANDARD).getString("id");
    String none = Ids.next().toString();

    for (String path : List.of(id, none)) {
      isProblem(get(bob, path).then(), 404, "endpoint_not_found");
      isProblem(patch(bob, path, "{\"name\":\"Mine\"}").then(), 404, "endpoint_not_found");
      isProblem(
          bob.request().delete(Owner.WEBHOOKS + "/" + path).then(), 404, "endpoint_not_found");
    }
    isProblem(get(ann, "not-a-uuid").then(), 404, "not_found");
    assertThat(bob.request().get(Owner.WEBHOOKS).jsonPath().getList("items")).isEmpty();
    get(ann, id).then().statusCode(200).body("name", equalTo("Pushes"));
  }

  @Test
  void whatIsDeletedIsGone() {
    String id = ann.endpoint(STANDARD).getString("id");

    ann.request().delete(Owner.WEBHOOKS + "/" + id).then().statusCode(204);

    isProblem(get(ann, id).then(), 404, "endpoint_not_found");
    isProblem(ann.request().delete(Owner.WEBHOOKS + "/" + id).then(), 404, "endpoint_not_found");
  }

  @Test
  void pagesFromTheNewestToTheOldestWithoutLossOrRepetition() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      made.addFirst(ann.endpoint(STANDARD).getString("id"));
    }
    bob.endpoint(STANDARD);

    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      JsonPath page = ann.request().get(Owner.WEBHOOKS + "?limit=2&count=true" + cursor).jsonPath();
      seen.addAll(page.getList("items.id", String.class));
      assertThat(page.getInt("total")).isEqualTo(5);
      String next = page.getString("nextCursor");
      cursor = next == null ? "" : "&cursor=" + next;
    } while (!cursor.isEmpty());

    assertThat(seen).isEqualTo(made);
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage", "W10", "WyJ4Il0", "bnVsbA"})
  void aCursorThatIsNotOursIsRefused(String cursor) {
    isProblem(
        ann.request().get(Owner.WEBHOOKS + "?cursor=" + cursor).then(), 400, "invalid_cursor");
  }

  @ParameterizedTest
  @MethodSource("untrusted")
  void aTokenThatIsNotToBeTrustedIsRefused(Tokens.Untrusted bad) {
    isProblem(
        given().auth().oauth2(bad.token()).get(Owner.WEBHOOKS).then(), 401, "unauthenticated");
  }

  @Test
  void theScopeIsAsked() {
    String other = Tokens.forUser(ann.user()).scope("projects").mint();
    String reading = Tokens.forUser(ann.user()).scope("integrations:read").mint();
    String body = "{\"name\":\"a\",\"verification\":" + STANDARD + "}";

    isProblem(given().get(Owner.WEBHOOKS).then(), 401, "unauthenticated");
    isProblem(given().auth().oauth2(other).get(Owner.WEBHOOKS).then(), 403, "forbidden");
    given().auth().oauth2(reading).get(Owner.WEBHOOKS).then().statusCode(200);
    isProblem(
        given()
            .auth()
            .oauth2(reading)
            .contentType("application/json")
            .body(body)
            .post(Owner.WEBHOOKS)
            .then(),
        403,
        "forbidden");
  }

  @Test
  void anotherContentTypeIsRefused() {
    isProblem(
        given()
            .auth()
            .oauth2(ann.token())
            .contentType("text/plain")
            .body("name=a")
            .post(Owner.WEBHOOKS)
            .then(),
        415,
        "unsupported_media_type");
  }

  @Test
  void theApiIsDescribed() {
    given()
        .get("/q/openapi?format=json")
        .then()
        .statusCode(200)
        .body("info.title", equalTo("Autopilot integration"))
        .body("paths.keySet()", hasItem("/api/webhooks/{endpointId}"))
        .body("paths.keySet()", not(hasItem("/internal/ready")));
  }

  private RequestSpecification withKey(String key) {
    return ann.request().header("Idempotency-Key", key);
  }

  private static Response get(Owner owner, String id) {
    return owner.request().get(Owner.WEBHOOKS + "/" + id);
  }

  private static Response patch(Owner owner, String id, String patch) {
    return owner.request().body(patch).patch(Owner.WEBHOOKS + "/" + id);
  }

  private static ValidatableResponse isProblem(
      ValidatableResponse answer, int status, String code) {
    return answer
        .statusCode(status)
        .contentType("application/problem+json")
        .body("code", equalTo(code));
  }
}
