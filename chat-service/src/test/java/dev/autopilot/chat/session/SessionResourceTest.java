package dev.autopilot.chat.session;

import static io.quarkus.narayana.jta.QuarkusTransaction.requiringNew;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.autopilot.kernel.Ids;
import dev.autopilot.testkit.Contracts;
import dev.autopilot.testkit.EventProbe;
import dev.autopilot.testkit.OtherServices;
import dev.autopilot.testkit.Tokens;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithServers
class SessionResourceTest {
  private final DataSource database;
  private final Sessions sessions;
  private final UUID me = Ids.next();
  private final String token = Tokens.forUser(me).mint();

  SessionResourceTest(DataSource database, Sessions sessions) {
    this.database = database;
    this.sessions = sessions;
  }

  @Test
  void aSessionIsBegunReadAndTold() {
    UUID project = Ids.next();
    try (EventProbe events = EventProbe.on("chat.events.v1")) {
      Response created =
          mine()
              .body(
                  "{\"title\":\"Spring\",\"model\":\"m\",\"systemPrompt\":\"Be brief.\",\"projectId\":\"%s\"}"
                      .formatted(project))
              .post("/api/sessions/create");

      created.then().statusCode(201).header("ETag", "\"0\"");
      String id = created.path("id");
      assertThat(created.header("Location")).endsWith("/api/sessions/" + id);
      assertThat(created.<Map<String, Object>>path("$"))
          .containsOnlyKeys(
              "id",
              "title",
              "model",
              "systemPrompt",
              "projectId",
              "messageCount",
              "createdAt",
              "updatedAt")
          .containsEntry("title", "Spring")
          .containsEntry("projectId", project.toString());
      mine()
          .get("/api/sessions/" + id)
          .then()
          .statusCode(200)
          .header("ETag", "\"0\"")
          .body("$", equalTo(created.<Map<String, Object>>path("$")));

      EventProbe.Event event = events.await("chat.session.created", e -> e.key().equals(id));
      Contracts.assertKept(event);
      assertThat(event.attributes())
          .containsEntry("userid", me.toString())
          .containsEntry("subject", id)
          .containsEntry("aggregateversion", "0");
    }
  }

  @Test
  void everythingMayBeLeftOut() {
    mine()
        .body("{}")
        .post("/api/sessions/create")
        .then()
        .statusCode(201)
        .body("title", equalTo("New chat"))
        .body("model", nullValue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"colour\":\"red\"}|/colour",
        "{\"title\":5}|/title",
        "{\"title\":\"\"}|/title",
        "{\"title\":\"   \"}|/title",
        "{\"projectId\":\"mine\"}|/projectId",
      })
  void whatDoesNotFitIsRefusedByItsPointer(String body, String pointer) {
    isProblem(mine().body(body).post("/api/sessions/create"), 422, "validation_failed")
        .body("errors[0].pointer", equalTo(pointer));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[]", "\"title\"", "7"})
  void whatIsNoObjectIsRefused(String body) {
    isProblem(mine().body(body).post("/api/sessions/create"), 422, "validation_failed");
  }

  @Test
  void textThatCannotBeStoredIsRefused() {
    isProblem(
        mine().body("{\"title\":\"a\\u0000b\"}").post("/api/sessions/create"),
        422,
        "validation_failed");
  }

  @Test
  void aTitleMayNotBeEndless() {
    isProblem(
        mine().body("{\"title\":\"%s\"}".formatted("x".repeat(201))).post("/api/sessions/create"),
        422,
        "validation_failed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"title\":", "title", "{} {}", ""})
  void malformedJsonChangesNothing(String body) {
    isProblem(mine().body(body).post("/api/sessions/create"), 400, "malformed_json");
    assertThat(page("").getList("items")).isEmpty();
  }

  @Test
  void anotherContentTypeIsRefused() {
    isProblem(
        given()
            .auth()
            .oauth2(token)
            .contentType(ContentType.TEXT)
            .body("{}")
            .post("/api/sessions/create"),
        415,
        "unsupported_media_type");
  }

  @Test
  void theSameKeyBeginsOneSession() {
    String key = Ids.next().toString();
    Response first = create(key, "{\"title\":\"Once\"}");
    Response again = create(key, "{ \"title\" : \"Once\" }");

    first.then().statusCode(201).header("Idempotency-Replayed", nullValue());
    again.then().statusCode(201).header("Idempotency-Replayed", "true");
    assertThat(again.asString()).isEqualTo(first.asString());
    assertThat(page("").getList("items")).hasSize(1);
    isProblem(create(key, "{\"title\":\"Twice\"}"), 422, "idempotency_key_reused");
  }

  @Test
  void sessionsAreListedByTheirLastUse() {
    String one = begin("One");
    String two = begin("Two");
    String three = begin("Three");
    mine().body("{\"title\":\"One again\"}").patch("/api/sessions/" + one).then().statusCode(200);

    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      JsonPath page = page("&limit=2&count=true" + cursor);
      assertThat(page.getInt("total")).isEqualTo(3);
      seen.addAll(page.getList("items.id", String.class));
      String next = page.getString("nextCursor");
      cursor = next == null ? "" : "&cursor=" + next;
    } while (!cursor.isEmpty());

    assertThat(seen).containsExactly(one, three, two);
  }

  @Test
  void aPageOfLongPromptsEndsEarly() {
    String prompt = "x".repeat(32_000);
    for (int i = 0; i < 67; i++) {
      mine()
          .body("{\"systemPrompt\":\"%s\"}".formatted(prompt))
          .post("/api/sessions/create")
          .then()
          .statusCode(201);
    }

    JsonPath first = page("?limit=200");
    assertThat(first.getList("items")).hasSize(65);
    assertThat(page("?limit=200&cursor=" + first.getString("nextCursor")).getList("items"))
        .hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage", "W10", "WyJ4IiwieSJd"})
  void aCursorThatIsNotOursIsRefused(String cursor) {
    isProblem(mine().get("/api/sessions?cursor=" + cursor), 400, "invalid_cursor");
  }

  @Test
  void aPatchChangesWhatItNamesAndRemovesWhatIsNull() {
    String id = begin("Spring");

    mine()
        .contentType("application/merge-patch+json")
        .body("{\"model\":\"m\",\"systemPrompt\":\"Be brief.\"}")
        .patch("/api/sessions/" + id)
        .then()
        .statusCode(200)
        .header("ETag", "\"1\"")
        .body("title", equalTo("Spring"))
        .body("model", equalTo("m"));
    mine()
        .body("{\"model\":null}")
        .patch("/api/sessions/" + id)
        .then()
        .statusCode(200)
        .body("model", nullValue())
        .body("systemPrompt", equalTo("Be brief."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"title\":null}", "{\"title\":\" \"}", "{\"messageCount\":9}", "{\"id\":\"x\"}"})
  void aPatchThatDoesNotFitChangesNothing(String patch) {
    String id = begin("Spring");

    isProblem(mine().body(patch).patch("/api/sessions/" + id), 422, "validation_failed");

    mine()
        .get("/api/sessions/" + id)
        .then()
        .header("ETag", "\"0\"")
        .body("title", equalTo("Spring"));
  }

  @Test
  void whoLosesTheRaceIsTold() {
    String id = begin("Spring");
    mine()
        .header("If-Match", "\"0\"")
        .body("{\"title\":\"First\"}")
        .patch("/api/sessions/" + id)
        .then()
        .statusCode(200);

    isProblem(
        mine()
            .header("If-Match", "\"0\"")
            .body("{\"title\":\"Second\"}")
            .patch("/api/sessions/" + id),
        412,
        "precondition_failed");
    isProblem(
        mine().header("If-Match", "\"0\"").delete("/api/sessions/" + id),
        412,
        "precondition_failed");

    mine().get("/api/sessions/" + id).then().body("title", equalTo("First"));
  }

  @Test
  void ofManyWhoChangeTheSameVersionOneSucceeds() throws Exception {
    String id = begin("Spring");
    List<Integer> answers = new ArrayList<>();
    List<Thread> racers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String title = "Racer " + i;
      racers.add(
          Thread.startVirtualThread(() -> {
            int status =
                mine()
                    .header("If-Match", "\"0\"")
                    .body("{\"title\":\"%s\"}".formatted(title))
                    .patch("/api/sessions/" + id)
                    .statusCode();
            synchronized (answers) {
              answers.add(status);
            }
          }));
    }
    for (Thread racer : racers) {
      racer.join();
    }

    assertThat(answers).hasSize(8).containsOnlyOnce(200).containsOnly(200, 412);
  }

  @Test
  void aDeletedSessionIsGoneAndTold() {
    String id = begin("Spring");
    try (EventProbe events = EventProbe.on("chat.events.v1")) {
      mine().delete("/api/sessions/" + id).then().statusCode(204);

      isProblem(mine().get("/api/sessions/" + id), 404, "session_not_found");
      isProblem(mine().delete("/api/sessions/" + id), 404, "session_not_found");
      EventProbe.Event event = events.await("chat.session.deleted", e -> e.key().equals(id));
      Contracts.assertKept(event);
      assertThat(event.attributes()).containsEntry("aggregateversion", "1");
    }
  }

  @Test
  void anothersSessionIsAsIfItWereNotThere() {
    String id = begin("Mine");
    String path = "/api/sessions/" + id;
    String theirs = Tokens.forUser(Ids.next()).mint();

    String unknown = "/api/sessions/" + Ids.next();
    for (String one : List.of(path, unknown)) {
      isProblem(as(theirs).get(one), 404, "session_not_found");
      isProblem(as(theirs).body("{\"title\":\"x\"}").patch(one), 404, "session_not_found");
      isProblem(as(theirs).delete(one), 404, "session_not_found");
    }
    isProblem(as(theirs).get("/api/sessions/not-an-id"), 404, "not_found");
    as(theirs).get("/api/sessions").then().body("items.size()", equalTo(0));
    mine().get(path).then().statusCode(200).body("title", equalTo("Mine"));
  }

  @Test
  void withAPersonGoTheirSessionsAndNobodyElses() {
    begin("Mine");
    UUID other = Ids.next();
    String others = Tokens.forUser(other).mint();
    as(others).body("{}").post("/api/sessions/create").then().statusCode(201);

    try (OtherServices speaking = OtherServices.speaking()) {
      speaking.tell("auth.user.deleted", me.toString(), me, Map.of("userId", me.toString()));
    }

    await().atMost(Duration.ofSeconds(20)).until(() -> page("").getList("items").isEmpty());
    as(others).get("/api/sessions").then().body("items.size()", equalTo(1));
  }

  @Test
  void manySessionsGoAFewAtATime() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into session (id, owner_id, title, created_at, updated_at, version)"
                    + " select gen_random_uuid(), ?, 'One of many', now(), now(), 0"
                    + " from generate_series(1, 25)")) {
      insert.setObject(1, me);
      insert.executeUpdate();
    }

    assertThat(eraseTen()).isEqualTo(10);
    assertThat(requiringNew().call(() -> sessions.countOf(me))).isEqualTo(15);
    assertThat(eraseTen()).isEqualTo(10);
    assertThat(eraseTen()).isEqualTo(5);
    assertThat(eraseTen()).isZero();
  }

  private int eraseTen() {
    return requiringNew().call(() -> sessions.eraseSome(me, 10));
  }

  static List<Tokens.Untrusted> untrusted() {
    return Tokens.untrusted(Ids.next());
  }

  @ParameterizedTest
  @MethodSource("untrusted")
  void aTokenThatIsNotToBeBelievedIsRefused(Tokens.Untrusted untrusted) {
    isProblem(as(untrusted.token()).get("/api/sessions"), 401, "unauthenticated");
    isProblem(
        as(untrusted.token()).body("{}").post("/api/sessions/create"), 401, "unauthenticated");
  }

  @Test
  void readingAllowsNoWriting() {
    String reader = Tokens.forUser(me).scope("chat:read").mint();

    as(reader).get("/api/sessions").then().statusCode(200);
    isProblem(as(reader).body("{}").post("/api/sessions/create"), 403, "forbidden");
  }

  @Test
  void theApiIsDescribed() {
    given()
        .get("/q/openapi?format=json")
        .then()
        .statusCode(200)
        .body("info.title", equalTo("Autopilot chat"));
  }

  private Response create(String key, String body) {
    return mine().header("Idempotency-Key", key).body(body).post("/api/sessions/create");
  }

  private String begin(String title) {
    return mine()
        .body("{\"title\":\"%s\"}".formatted(title))
        .post("/api/sessions/create")
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  private JsonPath page(String query) {
    return mine()
        .get("/api/sessions" + query.replaceFirst("^&", "?"))
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  private RequestSpecification mine() {
    return as(token);
  }

  private static RequestSpecification as(String bearer) {
    return given().auth().oauth2(bearer).contentType(ContentType.JSON);
  }

  private static ValidatableResponse isProblem(Response answer, int status, String code) {
    return answer
        .then()
        .statusCode(status)
        .contentType("application/problem+json")
        .body("status", equalTo(status))
        .body("code", equalTo(code));
  }
}
