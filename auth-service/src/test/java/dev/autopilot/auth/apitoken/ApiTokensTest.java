package dev.autopilot.auth.apitoken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.autopilot.auth.Person;
import dev.autopilot.auth.Tables;
import dev.autopilot.testkit.EventProbe;
import dev.autopilot.testkit.WithServers;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithServers
class ApiTokensTest {
  @Inject Tables tables;

  @Test
  void aTokenIsShownOnceAndThenOnlyItsBeginning() {
    Person ada = Person.register();
    JsonPath made =
        ada.request()
            .body(Map.of("name", "my script", "scopes", List.of("projects", "chat:read")))
            .post("/api/auth/tokens")
            .then()
            .statusCode(201)
            .body("token", startsWith("ap_"))
            .body("scopes", contains("chat:read", "projects"))
            .extract()
            .jsonPath();

    ada.request()
        .get("/api/auth/tokens")
        .then()
        .statusCode(200)
        .body("items", hasSize(1))
        .body("items[0].name", equalTo("my script"))
        .body("items[0].beginning", equalTo(made.getString("token").substring(0, 8)))
        .body("items[0]", not(hasKey("token")));
    assertThat(tables.rows("select cast(t as text) from api_token t").toString())
        .doesNotContain(made.getString("token"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\": \"x\", \"scopes\": []}",
        "{\"name\": \"x\", \"scopes\": [\"everything\"]}",
        "{\"name\": \"x\", \"scopes\": [\"chat:write\"]}",
        "{\"name\": \"x\", \"scopes\": [null]}",
        "{\"name\": \" \", \"scopes\": [\"chat\"]}",
        "{\"name\": \"x\", \"scopes\": [\"chat\"], \"expiresAt\": \"2001-01-01T00:00:00Z\"}",
        "{\"name\": \"x\", \"scopes\": [\"chat\"], \"expiresAt\": \"3001-01-01T00:00:00Z\"}",
        "{\"name\": \"x\", \"scopes\": [\"chat\"], \"expiresAt\": \"tomorrow\"}"
      })
  void whatIsNoTokenIsNotMade(String body) {
    Person ada = Person.register();

    ada.request().body(body).post("/api/auth/tokens").then().statusCode(422);

    ada.request().get("/api/auth/tokens").then().body("items", hasSize(0));
  }

  @Test
  void nobodyGrantsMoreThanTheyMayDoThemselves() {
    Person.register(); // whoever is the first is an administrator
    Person bob = Person.register();

    bob.request()
        .body(Map.of("name", "x", "scopes", List.of("chat", "admin")))
        .post("/api/auth/tokens")
        .then()
        .statusCode(422)
        .body("errors[0].pointer", equalTo("/scopes/1"));
  }

  @Test
  void aRevokedTokenIsToldToTheGatewaysAndGone() {
    Person ada = Person.register();
    String id = make(ada).getString("id");
    try (EventProbe revocations = EventProbe.on("auth.revocations.v1")) {
      ada.request().delete("/api/auth/tokens/" + id).then().statusCode(204);

      revocations.awaitMany("", 1, event -> event.key().equals("session:" + id));
    }
    ada.request().delete("/api/auth/tokens/" + id).then().statusCode(404);
  }

  @Test
  void noneIsMadeBesideTheEndOfTheSessionThatAskedForIt() throws Exception {
    Person ada = Person.register();

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> asking =
          QuarkusTransaction.requiringNew()
              .call(() -> {
                tables.rows("select id from account where id = ?1 for update", ada.id());
                Future<Integer> waiting =
                    threads.submit(() ->
                        ada.request()
                            .body(Map.of("name", "x", "scopes", List.of("chat")))
                            .post("/api/auth/tokens")
                            .statusCode());
                tables.awaitAnotherWaitingForUs();
                tables.change(
                    "update session set revoked_at = now() where account_id = ?1", ada.id());
                return waiting;
              });

      assertThat(asking.get()).isEqualTo(401);
    }
    assertThat(tables.count("select count(*) from api_token where account_id = ?1", ada.id()))
        .isZero();
  }

  @Test
  void somebodyElsesTokenIsNoTokenAtAll() {
    Person ada = Person.register();
    String id = make(ada).getString("id");

    Person.register()
        .request()
        .delete("/api/auth/tokens/" + id)
        .then()
        .statusCode(404)
        .body("code", equalTo("token_not_found"));

    ada.request().get("/api/auth/tokens").then().body("items", hasSize(1));
  }

  private static JsonPath make(Person person) {
    return person
        .request()
        .body(Map.of("name", "x", "scopes", List.of("chat")))
        .post("/api/auth/tokens")
        .jsonPath();
  }
}
