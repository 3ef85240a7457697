package dev.autopilot.auth.internal;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import dev.autopilot.auth.MovableClock;
import dev.autopilot.auth.Person;
import dev.autopilot.kernel.start.MasterKey;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithServers
class InternalRevocationsTest {
  private static final String PATH = "/internal/revocations";

  @Inject MasterKey master;
  @Inject MovableClock clock;

  @AfterEach
  void present() {
    clock.reset();
  }

  @Test
  void aGatewayThatCannotReachKafkaReadsWhatIsRevoked() {
    Person ada = Person.register();
    String key = "session:" + ada.sessionId();
    ada.request().post("/api/auth/logout").then().statusCode(204);

    gateway()
        .get(PATH)
        .then()
        .statusCode(200)
        .body("items.key", hasItem(key))
        .body("now", notNullValue());
    gateway()
        .queryParam("since", Instant.now().toString())
        .get(PATH)
        .then()
        .body("items.key", hasItem(key));
    clock.advance(Duration.ofMinutes(12));
    gateway().get(PATH).then().body("items.key", not(hasItem(key)));
  }

  @Test
  void whatWasRevokedLongBeforeIsNotToldAgain() {
    Person ada = Person.register();
    String key = "session:" + ada.sessionId();
    ada.request().post("/api/auth/logout").then().statusCode(204);
    clock.advance(Duration.ofMinutes(2));

    gateway()
        .queryParam("since", clock.instant().toString())
        .get(PATH)
        .then()
        .body("items.key", not(hasItem(key)));
  }

  @Test
  void nobodyElseIsAnswered() {
    given().get(PATH).then().statusCode(401).body("code", equalTo("unauthenticated"));
    given().auth().preemptive().basic("gateway", "a guess").get(PATH).then().statusCode(401);
    given()
        .auth()
        .preemptive()
        .basic("gateway", master.serviceSecret("chat"))
        .get(PATH)
        .then()
        .statusCode(401);
    given()
        .auth()
        .preemptive()
        .basic("stranger", master.serviceSecret("stranger"))
        .get(PATH)
        .then()
        .statusCode(401);
    Person.register().request().get(PATH).then().statusCode(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"yesterday", "12", "2026-13-01T00:00:00Z"})
  void anInstantThatIsNoneIsRefused(String since) {
    gateway().queryParam("since", since).get(PATH).then().statusCode(422);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1000000000-01-01T00:00:00Z", "+1000000000-12-31T23:59:59Z"})
  void yearsBeyondThoseOfTheDatabaseDoNoHarm(String since) {
    gateway().queryParam("since", since).get(PATH).then().statusCode(200);
  }

  private RequestSpecification gateway() {
    return given().auth().preemptive().basic("gateway", master.serviceSecret("gateway"));
  }
}
