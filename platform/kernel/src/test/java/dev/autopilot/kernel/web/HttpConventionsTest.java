package dev.autopilot.kernel.web;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import dev.autopilot.kernel.Ids;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.UUID;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What API.md promises of every call, tried on a resource such as services have. */
@QuarkusTest
class HttpConventionsTest {
  private final TestKeys keys;

  HttpConventionsTest(TestKeys keys) {
    this.keys = keys;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"name\": }",
        "not json",
        "",
        "{\"name\":\"a\"} x",
        "{\"name\":\"a\"} {}",
        "{\"name\":\"a\",\"name\":\"b\"}"
      })
  void malformedJsonIs400(String body) {
    isProblem(post(body), 400, "malformed_json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"name\":\"a\",\"colour\":\"red\"}|/colour",
        "{\"name\":5}|/name",
        "{\"name\":\"a\",\"size\":\"5\"}|/size",
        "{\"name\":\"a\",\"size\":1.5}|/size",
        "{\"name\":\"a\",\"at\":\"yesterday\"}|/at",
        "{\"name\":\"a\",\"parts\":{}}|/parts",
        "{\"name\":\"a\",\"parts\":[{\"name\":\"b\",\"size\":\"x\"}]}|/parts/0/size",
        "{\"name\":\"a\",\"parts\":[{\"name\":\"\",\"size\":1}]}|/parts/0/name",
        "{\"name\":\"\"}|/name",
        "{}|/name",
        "{\"name\":\"more than twenty characters\"}|/name"
      })
  void aValueThatIsNotAllowedIs422AndPointedAt(String body, String pointer) {
    isProblem(post(body), 422, "validation_failed").body("errors[0].pointer", equalTo(pointer));
  }

  @Test
  void textThatTheDatabaseCannotHoldNeverGetsIn() {
    isProblem(post("{\"name\":\"a\\u0000b\"}"), 422, "validation_failed")
        .body("errors[0].pointer", equalTo("/name"));
  }

  @Test
  void nestingIsBounded() {
    isProblem(post("{\"extra\":" + "[".repeat(500) + "]".repeat(500) + "}"), 400, "malformed_json");
  }

  @Test
  void whatTheGatewayLetsInIsNotTooLongHere() {
    String answeredAsAnyOther = "/api/things?limit=ten&q=" + "x".repeat(8_000);
    isProblem(
        given().header("X-Long", "x".repeat(18_000)).get(answeredAsAnyOther).then(),
        422,
        "validation_failed");
  }

  @Test
  void otherMediaTypesMethodsAndPathsAreProblemsToo() {
    isProblem(
        given().contentType("text/csv").body("a,b").post("/api/things").then(),
        415,
        "unsupported_media_type");
    isProblem(given().delete("/api/things").then(), 405, "method_not_allowed");
    isProblem(given().get("/api/nowhere").then(), 404, "not_found");
    isProblem(given().get("/api/things/by-id/not-a-uuid").then(), 404, "not_found");
    isProblem(given().get("/api/things?limit=ten").then(), 422, "validation_failed");
    isProblem(given().get("/api/things?count=perhaps").then(), 422, "validation_failed");
  }

  @Test
  void whoSaysNothingOfWhatItTakesTakesJson() {
    given()
        .contentType("application/json")
        .body("{\"name\":\"a\"}")
        .post("/api/things/names")
        .then()
        .statusCode(200);
    isProblem(
        given().contentType("text/plain").body("a").post("/api/things/names").then(),
        415,
        "unsupported_media_type");
  }

  @Test
  void aHugeBodyIs413() {
    String huge = "{\"name\":\"" + "x".repeat(1_100_000) + "\"}";

    isProblem(post(huge), 413, "payload_too_large");
  }

  @Test
  void aRefusalSaysWhatAndWhy() {
    isProblem(given().get("/api/things/broken").then(), 409, "thing_is_broken")
        .body("title", equalTo("The thing is broken"))
        .body("detail", equalTo("Mend it first."))
        .body("instance", equalTo("/api/things/broken"))
        .body("type", equalTo("urn:autopilot:problem:thing_is_broken"));
  }

  @Test
  void anAccidentTellsTheClientNothingOfItsCause() {
    isProblem(given().get("/api/things/crash").then(), 500, "internal_error")
        .body(not(containsString("vault")))
        .body(not(containsString("Exception")));
  }

  @Test
  void withoutAValidTokenItIs401() {
    isProblem(given().get("/api/things/mine").then(), 401, "unauthenticated")
        .header("WWW-Authenticate", containsString("Bearer"));
    isProblem(
        given().header("Authorization", "Bearer garbage").get("/api/things/mine").then(),
        401,
        "unauthenticated");
  }

  @Test
  void theTokenSaysWhoIsCalling() throws JoseException {
    UUID user = Ids.next();

    given()
        .header("Authorization", "Bearer " + keys.token(user, ""))
        .get("/api/things/mine")
        .then()
        .statusCode(200)
        .body(equalTo(user.toString()));
  }

  @Test
  void aScopeMayBeForReadingOnly() throws JoseException {
    String reader = "Bearer " + keys.token(Ids.next(), "things:read");
    String writer = "Bearer " + keys.token(Ids.next(), "things");
    String stranger = "Bearer " + keys.token(Ids.next(), "chat");

    given().header("Authorization", reader).get("/api/things/scoped").then().statusCode(200);
    given().header("Authorization", writer).post("/api/things/scoped").then().statusCode(200);
    isProblem(
        given().header("Authorization", reader).post("/api/things/scoped").then(),
        403,
        "forbidden");
    isProblem(
        given().header("Authorization", stranger).get("/api/things/scoped").then(),
        403,
        "forbidden");
  }

  @Test
  void aSaneRequestIdIsKeptAndAnInsaneOneReplaced() {
    given()
        .header("X-Request-Id", "order-7")
        .get("/api/things/broken")
        .then()
        .header("X-Request-Id", "order-7")
        .body("requestId", equalTo("order-7"));
    given()
        .header("X-Request-Id", "a\" onload=")
        .get("/api/things")
        .then()
        .header("X-Request-Id", matchesPattern("[0-9a-f-]{36}"));
  }

  private static ValidatableResponse post(String body) {
    return given().contentType(ContentType.JSON).body(body).post("/api/things").then();
  }

  private static ValidatableResponse isProblem(
      ValidatableResponse answer, int status, String code) {
    return answer
        .statusCode(status)
        .contentType("application/problem+json")
        .body("code", equalTo(code))
        .body("status", is(status))
        .body("requestId", notNullValue());
  }
}
