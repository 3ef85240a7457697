package dev.autopilot.auth.profile;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.autopilot.auth.Person;
import dev.autopilot.auth.Tables;
import dev.autopilot.testkit.EventProbe;
import dev.autopilot.testkit.Tokens;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
@WithServers
class MeTest {
  @Inject Tables tables;

  @Test
  void iSeeMyself() {
    Person ada = Person.register();

    ada.request()
        .get("/api/auth/me")
        .then()
        .statusCode(200)
        .body("id", equalTo(ada.id().toString()))
        .body("email", equalTo(ada.email()))
        .body("name", equalTo("Ada"));
  }

  @Test
  void theNameIsChangedByAMergePatch() {
    Person ada = Person.register();

    ada.request()
        .body("{\"name\": \" Ada Lovelace \"}")
        .patch("/api/auth/me")
        .then()
        .statusCode(200)
        .body("name", equalTo("Ada Lovelace"));
    ada.request()
        .body("{}")
        .patch("/api/auth/me")
        .then()
        .statusCode(200)
        .body("name", equalTo("Ada Lovelace"));
  }

  @Test
  void nothingButTheNameIsChangedThatWay() {
    Person ada = Person.register();

    for (String body :
        List.of(
            "{\"roles\": [\"admin\"]}",
            "{\"email\": \"eve@example.org\"}",
            "{\"name\": \" \"}",
            "{\"name\": null}")) {
      ada.request().body(body).patch("/api/auth/me").then().statusCode(422);
    }
    ada.request().get("/api/auth/me").then().body("name", equalTo("Ada"));
  }

  @Test
  void aChangeThatReadAnOlderVersionIsRefused() {
    Person ada = Person.register();
    String read = ada.request().get("/api/auth/me").header("ETag");

    ada.request()
        .header("If-Match", read)
        .body("{\"name\": \"First\"}")
        .patch("/api/auth/me")
        .then()
        .statusCode(200);

    ada.request()
        .header("If-Match", read)
        .body("{\"name\": \"Second\"}")
        .patch("/api/auth/me")
        .then()
        .statusCode(412)
        .body("code", equalTo("precondition_failed"));
    ada.request().get("/api/auth/me").then().body("name", equalTo("First"));
  }

  @Test
  void anAccountIsErasedOnlyWithItsPassword() {
    Person ada = Person.register();

    ada.request()
        .body(Map.of("password", "something else"))
        .delete("/api/auth/me")
        .then()
        .statusCode(403)
        .body("code", equalTo("invalid_password"));
    ada.request().body("{}").delete("/api/auth/me").then().statusCode(422);

    ada.request().get("/api/auth/me").then().statusCode(200);
  }

  @Test
  void anAccountThatHasChangedSinceItWasReadIsNotErased() {
    Person ada = Person.register();
    String read = ada.request().get("/api/auth/me").header("ETag");
    ada.request().body("{\"name\": \"Countess\"}").patch("/api/auth/me").then().statusCode(200);

    ada.request()
        .header("If-Match", read)
        .body(Map.of("password", ada.password()))
        .delete("/api/auth/me")
        .then()
        .statusCode(412)
        .body("code", equalTo("precondition_failed"));
    String now = ada.request().get("/api/auth/me").then().statusCode(200).extract().header("ETag");
    ada.request()
        .header("If-Match", now)
        .body(Map.of("password", ada.password()))
        .delete("/api/auth/me")
        .then()
        .statusCode(204);
  }

  @Test
  void anErasedAccountLeavesNothingAndItsTokensAreRefusedEverywhere() {
    Person ada = Person.register();
    Person phone = ada.signInAgain();
    try (EventProbe revocations = EventProbe.on("auth.revocations.v1")) {
      ada.request()
          .body(Map.of("password", ada.password()))
          .delete("/api/auth/me")
          .then()
          .statusCode(204);

      revocations.awaitMany("", 1, event -> event.key().equals("user:" + ada.id()));
    }
    phone.request().get("/api/auth/me").then().statusCode(401);
    Person.refresh(phone.refreshToken()).then().statusCode(401);
    Person.signIn(ada.email(), ada.password()).then().statusCode(401);
    assertThat(tables.count("select count(*) from account where id = ?1", ada.id())).isZero();
    for (Object table :
        tables.rows(
            "select table_name from information_schema.columns where column_name = 'account_id' and table_schema = current_schema()")) {
      assertThat(
              tables.count(
                  "select count(*) from %s where account_id = ?1".formatted(table), ada.id()))
          .as("rows left in %s", table)
          .isZero();
    }
    Person.register(ada.email());
  }

  @Test
  void withoutATokenThereIsNobody() {
    given().get("/api/auth/me").then().statusCode(401).body("code", equalTo("unauthenticated"));
  }

  @ParameterizedTest
  @MethodSource("untrusted")
  void aTokenThatIsNotToBeBelievedIsRefused(Tokens.Untrusted token) {
    given().auth().oauth2(token.token()).get("/api/auth/me").then().statusCode(401);
  }

  static Stream<Tokens.Untrusted> untrusted() {
    return Tokens.untrusted(UUID.randomUUID()).stream();
  }
}
