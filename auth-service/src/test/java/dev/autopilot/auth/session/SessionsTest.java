package dev.autopilot.auth.session;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.autopilot.auth.MovableClock;
import dev.autopilot.auth.Person;
import dev.autopilot.testkit.EventProbe;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
class SessionsTest {
  @Inject MovableClock clock;
  @Inject Housekeeping housekeeping;

  @AfterEach
  void present() {
    clock.reset();
  }

  @Test
  void theDevicesSignedInAreListedTheLatestFirst() {
    Person phone = Person.register();
    Person laptop = phone.signInAgain();

    laptop
        .request()
        .get("/api/auth/sessions?count=true")
        .then()
        .statusCode(200)
        .body("items", hasSize(2))
        .body("items[0].current", equalTo(true))
        .body("items[0].method", equalTo("password"))
        .body("items[0].address", notNullValue())
        .body("items[0].userAgent", notNullValue())
        .body("items[1].current", equalTo(false))
        .body("items[1].id", equalTo(phone.sessionId().toString()))
        .body("total", equalTo(2))
        .body("nextCursor", nullValue());
  }

  @Test
  void theAddressIsTheClientsAsTheGatewayToldIt() {
    Person ada = Person.register();
    String token =
        given()
            .contentType("application/json")
            .header("X-Forwarded-For", "203.0.113.9")
            .body(Map.of("email", ada.email(), "password", ada.password()))
            .post("/api/auth/login")
            .path("accessToken");

    given()
        .auth()
        .oauth2(token)
        .get("/api/auth/sessions")
        .then()
        .body("items[0].address", equalTo("203.0.113.9"));
  }

  @Test
  void theListHasPages() {
    Person phone = Person.register();
    Person laptop = phone.signInAgain();

    String cursor =
        phone.request().get("/api/auth/sessions?limit=1").then().extract().path("nextCursor");

    phone
        .request()
        .get("/api/auth/sessions?limit=1&cursor=" + cursor)
        .then()
        .body("items", hasSize(1))
        .body("items[0].id", equalTo(phone.sessionId().toString()))
        .body("nextCursor", nullValue());
    assertThat(laptop.sessionId()).isNotEqualTo(phone.sessionId());
  }

  @Test
  void aDeviceIsSignedOutFromAnother() {
    Person phone = Person.register();
    Person laptop = phone.signInAgain();

    laptop.request().delete("/api/auth/sessions/" + phone.sessionId()).then().statusCode(204);

    Person.refresh(phone.refreshToken()).then().statusCode(401);
    phone.request().get("/api/auth/me").then().statusCode(401);
    laptop.request().get("/api/auth/me").then().statusCode(200);
  }

  @Test
  void everyOtherDeviceIsSignedOutAtOnce() {
    Person phone = Person.register();
    Person laptop = phone.signInAgain();
    Person tablet = phone.signInAgain();

    laptop.request().delete("/api/auth/sessions").then().statusCode(204);

    Person.refresh(phone.refreshToken()).then().statusCode(401);
    Person.refresh(tablet.refreshToken()).then().statusCode(401);
    Person.refresh(laptop.refreshToken()).then().statusCode(200);
  }

  @Test
  void somebodyElsesDeviceIsNoDeviceAtAll() {
    Person ada = Person.register();
    Person eve = Person.register();

    eve.request()
        .delete("/api/auth/sessions/" + ada.sessionId())
        .then()
        .statusCode(404)
        .body("code", equalTo("session_not_found"));
    eve.request().delete("/api/auth/sessions/" + UUID.randomUUID()).then().statusCode(404);
    eve.request().delete("/api/auth/sessions/not-an-id").then().statusCode(404);

    Person.refresh(ada.refreshToken()).then().statusCode(200);
  }

  @Test
  void signingOutIsToldToGatewaysUntilTheLastTokenHasExpired() {
    Person ada = Person.register();
    UUID session = ada.sessionId();
    try (EventProbe revocations = EventProbe.on(Revocations.TOPIC)) {
      ada.request().post("/api/auth/logout").then().statusCode(204);

      EventProbe.Event told =
          revocations
              .awaitMany("", 1, event -> event.key().equals("session:" + session))
              .getFirst();

      Instant revokedAt = Instant.parse(told.data().get("revokedAt").asText());
      Instant until = Instant.parse(told.data().get("until").asText());
      assertThat(Duration.between(revokedAt, until)).isGreaterThan(Duration.ofMinutes(10));
    }
    // A second sign-out with the same token is harmless.
    ada.request().post("/api/auth/logout").then().statusCode(204);
    ada.request().get("/api/auth/me").then().statusCode(401);
  }

  @Test
  void aRevocationIsTakenBackFromTheTopicOnceItCountsNoLonger() {
    Person ada = Person.register();
    String key = "session:" + ada.sessionId();
    ada.request().post("/api/auth/logout").then().statusCode(204);
    try (EventProbe revocations = EventProbe.on(Revocations.TOPIC)) {
      clock.advance(Duration.ofMinutes(12));

      housekeeping.clean();

      assertThat(
              revocations.awaitMany(
                  "", 1, event -> event.key().equals(key) && event.data().isNull()))
          .hasSize(1);
    }
  }
}
