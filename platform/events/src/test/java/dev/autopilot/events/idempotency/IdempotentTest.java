package dev.autopilot.events.idempotency;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.autopilot.events.database.DirectConnections;
import dev.autopilot.events.testapp.Notes;
import dev.autopilot.events.testapp.TestTokens;
import dev.autopilot.events.testapp.WithRealServers;
import dev.autopilot.kernel.Ids;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithRealServers
class IdempotentTest {
  @Inject Notes notes;
  @Inject DirectConnections connections;

  private final UUID user = Ids.next();
  private final String key = Ids.next().toString();
  private final String text = "note " + key;

  @Test
  void theSameRequestAgainHasItsEffectOnceAndGetsTheFirstAnswer() {
    Response first = post(key, "{\"text\":\"%s\",\"tags\":{\"a\":1,\"b\":2}}");
    Response second = post(key, "{\"tags\": {\"b\": 2, \"a\": 1}, \"text\": \"%s\"}");

    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(first.header("Idempotency-Replayed")).isNull();
    assertThat(second.statusCode()).isEqualTo(201);
    assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(second.asByteArray()).isEqualTo(first.asByteArray());
    for (String header : List.of("Location", "ETag", "Content-Type")) {
      assertThat(second.header(header)).as(header).isNotNull().isEqualTo(first.header(header));
    }
    assertThat(notes.count(text)).isEqualTo(1);
  }

  @Test
  void twentyAtOnceHaveOneEffectAndOneAnswer() throws Exception {
    Callable<Response> request = () -> post(key, "{\"text\":\"%s\"}");
    try (ExecutorService clients = Executors.newFixedThreadPool(20)) {
      List<Future<Response>> answers =
          clients.invokeAll(Stream.generate(() -> request).limit(20).toList());

      String id = answers.getFirst().get().path("id");
      for (Future<Response> answer : answers) {
        assertThat(answer.get().statusCode()).isEqualTo(201);
        assertThat(answer.get().<String>path("id")).isEqualTo(id);
      }
      assertThat(
              answers.stream()
                  .filter(answer -> answer.resultNow().header("Idempotency-Replayed") == null))
          .hasSize(1);
    }
    assertThat(notes.count(text)).isEqualTo(1);
  }

  @Test
  void theSameKeyForAnotherBodyOrAddressIsRefused() {
    post(key, "{\"text\":\"%s\"}");

    post(key, "{\"text\":\"%s, another\"}")
        .then()
        .statusCode(422)
        .body("code", equalTo("idempotency_key_reused"));
    request(key, "{\"text\":\"%s\"}")
        .post("/api/notes?colour=red")
        .then()
        .statusCode(422)
        .body("code", equalTo("idempotency_key_reused"));
    assertThat(notes.count(text)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"refuse", "answer"})
  void aRefusalIsNotRememberedAndLeavesNoEffect(String fail) {
    post(key, "{\"text\":\"%s\",\"fail\":\"" + fail + "\"}").then().statusCode(409);
    assertThat(notes.count(text)).isZero();

    post(key, "{\"text\":\"%s\"}").then().statusCode(201);
    assertThat(notes.count(text)).isEqualTo(1);
  }

  @Test
  void anInvalidRequestIsNotRememberedEither() {
    post(key, "{\"text\":\"\"}").then().statusCode(422).body("code", equalTo("validation_failed"));
    post(key, "{\"text\":\"%s\"}").then().statusCode(201);
  }

  @Test
  void anothersKeyIsAnotherKey() {
    post(key, "{\"text\":\"%s\"}");
    given()
        .auth()
        .oauth2(TestTokens.of(Ids.next()))
        .contentType("application/json")
        .header("Idempotency-Key", key)
        .body("{\"text\":\"%s\"}".formatted(text))
        .post("/api/notes")
        .then()
        .statusCode(201)
        .header("Idempotency-Replayed", (String) null);
    assertThat(notes.count(text)).isEqualTo(2);
  }

  @Test
  void withoutAKeyEveryRequestCounts() {
    for (int i = 0; i < 2; i++) {
      given()
          .auth()
          .oauth2(TestTokens.of(user))
          .contentType("application/json")
          .body("{\"text\":\"%s\"}".formatted(text))
          .post("/api/notes")
          .then()
          .statusCode(201);
    }
    assertThat(notes.count(text)).isEqualTo(2);
  }

  @Test
  void aKeyThatIsTooLongIsRefused() {
    post("k".repeat(256), "{\"text\":\"%s\"}")
        .then()
        .statusCode(422)
        .body("code", equalTo("validation_failed"))
        .body("errors[0].pointer", equalTo("/Idempotency-Key"));
  }

  @Test
  void aTwinInAnotherReplicaIsWaitedForButNotForEver() throws SQLException {
    try (Connection replica = connections.open("test", Duration.ofSeconds(30))) {
      replica.setAutoCommit(false);
      claim(replica, "now()");
      long start = System.nanoTime();

      post(key, "{\"text\":\"%s\"}")
          .then()
          .statusCode(409)
          .header("Retry-After", "1")
          .body("code", equalTo("idempotency_in_progress"));

      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(20));
      replica.rollback();
    }
    post(key, "{\"text\":\"%s\"}").then().statusCode(201);
    assertThat(notes.count(text)).isEqualTo(1);
  }

  @Test
  void aKeptAnswerCannotBeReadFromItsRow() throws SQLException {
    post(key, "{\"text\":\"%s\"}").then().statusCode(201);

    try (Connection reader = connections.open("test", Duration.ofSeconds(5));
        PreparedStatement select =
            reader.prepareStatement("select body from idempotency where user_id = ?")) {
      select.setObject(1, user);
      try (ResultSet row = select.executeQuery()) {
        assertThat(row.next()).isTrue();
        assertThat(row.getString("body")).startsWith("v1:").doesNotContain(text);
      }
    }
  }

  @Test
  void anAnswerIsForgottenAfterADay() throws SQLException {
    try (Connection yesterday = connections.open("test", Duration.ofSeconds(5))) {
      claim(yesterday, "now() - interval '24 hours 1 second'");
    }

    post(key, "{\"text\":\"%s\"}")
        .then()
        .statusCode(201)
        .header("Idempotency-Replayed", (String) null);
    post(key, "{\"text\":\"%s\"}").then().statusCode(201).header("Idempotency-Replayed", "true");
  }

  private void claim(Connection connection, String createdAt) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into idempotency (user_id, key, request_hash, created_at) values (?, ?, '', "
                + createdAt
                + ")")) {
      insert.setObject(1, user);
      insert.setString(2, key);
      insert.executeUpdate();
    }
  }

  private Response post(String key, String body) {
    return request(key, body).post("/api/notes");
  }

  private io.restassured.specification.RequestSpecification request(String key, String body) {
    return given()
        .auth()
        .oauth2(TestTokens.of(user))
        .contentType("application/json")
        .header("Idempotency-Key", key)
        .body(body.replace("%s", text));
  }
}
