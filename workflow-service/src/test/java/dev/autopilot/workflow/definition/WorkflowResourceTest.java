package dev.autopilot.workflow.definition;

import static io.quarkus.narayana.jta.QuarkusTransaction.requiringNew;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
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
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithServers
class WorkflowResourceTest {
  private static final String DEFINITION =
      "{\"triggers\":[{\"type\":\"manual\"}],\"steps\":[{\"type\":\"delay\",\"id\":\"wait\","
          + "\"config\":{\"duration\":\"PT1S\",\"factor\":1.50}}]}";
  private static final String OTHER_DEFINITION = "{\"triggers\":[],\"steps\":[]}";

  private final DataSource database;
  private final Workflows workflows;
  private final UUID me = Ids.next();
  private final String token = Tokens.forUser(me).mint();

  WorkflowResourceTest(DataSource database, Workflows workflows) {
    this.database = database;
    this.workflows = workflows;
  }

  @Test
  void aWorkflowIsMadeReadAndTold() {
    try (EventProbe events = EventProbe.on("workflow.events.v1")) {
      Response created = create(null, workflow("Weekly", DEFINITION));

      created.then().statusCode(201).header("ETag", "\"0\"");
      String id = created.path("id");
      assertThat(created.header("Location")).endsWith("/api/workflows/" + id);
      assertThat(created.<Map<String, Object>>path("$"))
          .containsOnlyKeys(
              "id",
              "name",
              "description",
              "enabled",
              "definition",
              "publishedVersion",
              "draftVersion",
              "createdAt",
              "updatedAt",
              "version")
          .containsEntry("enabled", true)
          .containsEntry("draftVersion", 1)
          .containsEntry("publishedVersion", null);
      assertThat(created.asString())
          .as("as its author wrote it")
          .contains("[{\"type\":\"delay\",\"id\":\"wait\"");
      mine()
          .get("/api/workflows/" + id)
          .then()
          .statusCode(200)
          .header("ETag", "\"0\"")
          .body("$", equalTo(created.<Map<String, Object>>path("$")));

      EventProbe.Event event = events.await("workflow.workflow.created", e -> e.key().equals(id));
      Contracts.assertKept(event);
      assertThat(event.attributes()).containsEntry("userid", me.toString());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"definition\":{\"triggers\":[],\"steps\":[]}}|/name",
        "{\"name\":\" \",\"definition\":{\"triggers\":[],\"steps\":[]}}|/name",
        "{\"name\":\"W\"}|/definition",
        "{\"name\":\"W\",\"definition\":[]}|/definition",
        "{\"name\":\"W\",\"definition\":{\"triggers\":[],\"steps\":[]},\"colour\":1}|/colour",
        "{\"name\":\"W\",\"enabled\":\"yes\",\"definition\":{\"triggers\":[],\"steps\":[]}}|/enabled",
        "{\"name\":\"W\",\"definition\":{\"triggers\":[],\"steps\":[{\"id\":\"a\",\"type\":\"x\"}]}}|/definition/steps/0/type",
      })
  void whatDoesNotFitIsRefusedByItsPointerAndNotStored(String body, String pointer) {
    isProblem(create(null, body), 422, "validation_failed")
        .body("errors.pointer", contains(pointer));

    assertThat(page("").getList("items")).isEmpty();
  }

  @Test
  void malformedJsonChangesNothing() {
    isProblem(create(null, "{\"name\":"), 400, "malformed_json");

    assertThat(page("").getList("items")).isEmpty();
  }

  @Test
  void aDefinitionCanBeCheckedWithoutSavingIt() {
    mine()
        .body("{\"definition\":%s}".formatted(DEFINITION))
        .post("/api/workflows/validate")
        .then()
        .statusCode(200)
        .body("valid", equalTo(true))
        .body("problems.size()", equalTo(0));
    mine()
        .body("{\"definition\":{\"triggers\":[{\"type\":\"moon\"}],\"steps\":[{\"id\":\"a\"}]}}")
        .post("/api/workflows/validate")
        .then()
        .statusCode(200)
        .body("valid", equalTo(false))
        .body(
            "problems.pointer",
            contains("/definition/triggers/0/type", "/definition/steps/0/type"));
    assertThat(page("").getList("items")).isEmpty();
  }

  @Test
  void anotherDefinitionIsAnotherVersionAndTheOldOneStays() {
    String id = made("Weekly");

    edit(id, "{\"definition\":null}").then().statusCode(422);
    edit(id, "{\"name\":\"Monthly\"}").then().statusCode(200).body("draftVersion", equalTo(1));
    edit(id, "{\"definition\":{\"steps\":[]}}")
        .then()
        .statusCode(200)
        .body("draftVersion", equalTo(2))
        .body("definition.steps.size()", equalTo(0))
        .body("definition.triggers.size()", equalTo(1));

    JsonPath versions =
        mine()
            .get("/api/workflows/" + id + "/versions")
            .then()
            .statusCode(200)
            .extract()
            .jsonPath();
    assertThat(versions.getList("items.number")).containsExactly(2, 1);
    assertThat(versions.getList("items[1].definition.steps")).hasSize(1);
  }

  @Test
  void anEditThatChangesNothingMakesNoVersionAndTellsNothing() {
    String id = made("Weekly");

    edit(id, "{\"name\":\"Weekly\",\"definition\":%s}".formatted(DEFINITION))
        .then()
        .statusCode(200)
        .header("ETag", "\"0\"")
        .body("draftVersion", equalTo(1));
  }

  @Test
  void aChangeIsToldWithTheVersionItMakes() {
    String id = made("Weekly");
    try (EventProbe events = EventProbe.on("workflow.events.v1")) {
      edit(id, "{\"enabled\":false}").then().statusCode(200).header("ETag", "\"1\"");

      EventProbe.Event event = events.await("workflow.workflow.changed", e -> e.key().equals(id));
      Contracts.assertKept(event);
      assertThat(event.data().get("enabled").booleanValue()).isFalse();
      assertThat(event.attributes()).containsEntry("aggregateversion", "1");
    }
  }

  @Test
  void theDraftIsPublished() {
    String id = made("Weekly");

    mine()
        .post("/api/workflows/" + id + "/publish")
        .then()
        .statusCode(200)
        .body("publishedVersion", equalTo(1));
    edit(id, "{\"definition\":{\"steps\":[]}}")
        .then()
        .body("publishedVersion", equalTo(1))
        .body("draftVersion", equalTo(2));
  }

  @Test
  void aStoredVersionIsNeverChanged() throws SQLException {
    made("Weekly");

    try (Connection connection = database.getConnection()) {
      assertThatThrownBy(() ->
              connection.createStatement().execute("update workflow_version set definition = '{}'"))
          .hasMessageContaining("never changed");
    }
  }

  @Test
  void theSameKeyMakesOneWorkflow() {
    String key = Ids.next().toString();
    Response first = create(key, workflow("Once", DEFINITION));
    Response again = create(key, workflow("Once", DEFINITION));

    first.then().statusCode(201).header("Idempotency-Replayed", nullValue());
    again.then().statusCode(201).header("Idempotency-Replayed", "true");
    assertThat(again.asString()).isEqualTo(first.asString());
    assertThat(page("").getList("items")).hasSize(1);
    isProblem(create(key, workflow("Other", DEFINITION)), 422, "idempotency_key_reused");
  }

  @Test
  void workflowsArePagedFromTheNewestOn() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      made.addFirst(made("W" + i));
    }

    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      JsonPath page = page("?limit=2&count=true" + cursor);
      assertThat(page.getInt("total")).isEqualTo(5);
      seen.addAll(page.getList("items.id", String.class));
      String next = page.getString("nextCursor");
      cursor = next == null ? "" : "&cursor=" + next;
    } while (!cursor.isEmpty());

    assertThat(seen).isEqualTo(made);
  }

  @Test
  void aDefinitionThatIsTooLargeIsRefused() {
    String tooLarge = largeDefinition(256 * 1024);
    String id = made("Weekly");

    isProblem(create(null, workflow("Large", tooLarge)), 422, "validation_failed")
        .body("errors.pointer", contains("/definition"));
    isProblem(edit(id, "{\"definition\":%s}".formatted(tooLarge)), 422, "validation_failed")
        .body("errors.pointer", contains("/definition"));
    assertThat(page("").getList("items")).hasSize(1);
  }

  @Test
  void aPageOfLargeWorkflowsEndsEarlyAndNoneIsLeftOut() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      made.addFirst(
          create(null, workflow("Large", largeDefinition(250_000))).then().extract().path("id"));
    }

    JsonPath first = page("?limit=200");
    assertThat(first.getList("items.id", String.class)).isEqualTo(made.subList(0, 8));
    assertThat(first.getString("items[0].definition.steps[0].config.duration"))
        .as("as its author wrote it")
        .isEqualTo("x".repeat(250_000));
    JsonPath second = page("?limit=200&cursor=" + first.getString("nextCursor"));
    assertThat(second.getList("items.id", String.class)).isEqualTo(made.subList(8, 10));
    assertThat(second.getString("nextCursor")).isNull();
  }

  @Test
  void aPageOfLargeVersionsEndsEarlyToo() {
    String id = made("Weekly");
    for (int i = 0; i < 9; i++) {
      edit(id, "{\"definition\":%s}".formatted(largeDefinition(250_000 + i)))
          .then()
          .statusCode(200);
    }

    JsonPath first = mine().get("/api/workflows/" + id + "/versions").then().extract().jsonPath();
    assertThat(first.getList("items.number")).containsExactly(10, 9, 8, 7, 6, 5, 4, 3);
    mine()
        .get("/api/workflows/" + id + "/versions?cursor=" + first.getString("nextCursor"))
        .then()
        .body("items.number", contains(2, 1))
        .body("nextCursor", nullValue());
  }

  private static String largeDefinition(int characters) {
    return ("{\"triggers\":[],\"steps\":[{\"id\":\"a\",\"type\":\"delay\","
            + "\"config\":{\"duration\":\"%s\"}}]}")
        .formatted("x".repeat(characters));
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage", "W10", "WyJ4Il0"})
  void aCursorThatIsNotOursIsRefused(String cursor) {
    String id = made("Weekly");

    isProblem(mine().get("/api/workflows?cursor=" + cursor), 400, "invalid_cursor");
    isProblem(
        mine().get("/api/workflows/" + id + "/versions?cursor=" + cursor), 400, "invalid_cursor");
  }

  @Test
  void whoLosesTheRaceIsTold() {
    String id = made("Weekly");
    mine()
        .header("If-Match", "\"0\"")
        .body("{\"name\":\"First\"}")
        .patch("/api/workflows/" + id)
        .then()
        .statusCode(200);

    isProblem(
        mine()
            .header("If-Match", "\"0\"")
            .body("{\"name\":\"Second\"}")
            .patch("/api/workflows/" + id),
        412,
        "precondition_failed");
    isProblem(
        mine().header("If-Match", "\"0\"").delete("/api/workflows/" + id),
        412,
        "precondition_failed");
    mine().get("/api/workflows/" + id).then().body("name", equalTo("First"));
  }

  @Test
  void manyWhoChangeTheDefinitionAtOnceMakeOneVersionEach() throws Exception {
    String id = made("Weekly");
    List<Thread> editors = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      String patch =
          "{\"definition\":{\"steps\":[{\"id\":\"s%d\",\"type\":\"delay\"}]}}".formatted(i);
      editors.add(Thread.startVirtualThread(() -> edit(id, patch).then().statusCode(200)));
    }
    for (Thread editor : editors) {
      editor.join();
    }

    mine()
        .get("/api/workflows/" + id + "/versions")
        .then()
        .body("items.number", contains(7, 6, 5, 4, 3, 2, 1));
  }

  @Test
  void aDeletedWorkflowIsGoneAndTold() {
    String id = made("Weekly");
    try (EventProbe events = EventProbe.on("workflow.events.v1")) {
      mine().delete("/api/workflows/" + id).then().statusCode(204);

      isProblem(mine().get("/api/workflows/" + id), 404, "workflow_not_found");
      Contracts.assertKept(events.await("workflow.workflow.deleted", e -> e.key().equals(id)));
    }
  }

  @Test
  void anothersWorkflowIsAsIfItWereNotThere() {
    String theirs = Tokens.forUser(Ids.next()).mint();

    for (String one : List.of("/api/workflows/" + made("Mine"), "/api/workflows/" + Ids.next())) {
      isProblem(as(theirs).get(one), 404, "workflow_not_found");
      isProblem(as(theirs).get(one + "/versions"), 404, "workflow_not_found");
      isProblem(as(theirs).post(one + "/publish"), 404, "workflow_not_found");
      isProblem(as(theirs).body("{\"name\":\"x\"}").patch(one), 404, "workflow_not_found");
      isProblem(as(theirs).delete(one), 404, "workflow_not_found");
    }
    as(theirs).get("/api/workflows").then().body("items.size()", equalTo(0));
    assertThat(page("").getList("items")).hasSize(1);
  }

  @Test
  void withAPersonGoTheirWorkflowsAndNobodyElses() {
    made("Mine");
    String others = Tokens.forUser(Ids.next()).mint();
    as(others)
        .body(workflow("Theirs", OTHER_DEFINITION))
        .post("/api/workflows")
        .then()
        .statusCode(201);

    try (OtherServices speaking = OtherServices.speaking()) {
      speaking.tell("auth.user.deleted", me.toString(), me, Map.of("userId", me.toString()));
    }

    await().atMost(Duration.ofSeconds(20)).until(() -> page("").getList("items").isEmpty());
    as(others).get("/api/workflows").then().body("items.size()", equalTo(1));
  }

  @Test
  void oldVersionsGoFirstAndAWorkflowIsWholeUntilItGoes() {
    String id = made("Much changed");
    String other = "{\"definition\":%s}";
    edit(id, other.formatted(OTHER_DEFINITION)).then().statusCode(200);
    edit(id, other.formatted(DEFINITION)).then().statusCode(200);
    edit(id, other.formatted(OTHER_DEFINITION)).then().statusCode(200);

    assertThat(eraseTwo()).isEqualTo(2);
    mine().get("/api/workflows/" + id).then().statusCode(200).body("draftVersion", equalTo(4));
    assertThat(eraseTwo()).isEqualTo(2);
    mine().get("/api/workflows/" + id).then().statusCode(404);
    assertThat(eraseTwo()).isZero();
  }

  private int eraseTwo() {
    return requiringNew().call(() -> workflows.eraseSome(me, 2));
  }

  static List<Tokens.Untrusted> untrusted() {
    return Tokens.untrusted(Ids.next());
  }

  @ParameterizedTest
  @MethodSource("untrusted")
  void aTokenThatIsNotToBeBelievedIsRefused(Tokens.Untrusted untrusted) {
    isProblem(as(untrusted.token()).get("/api/workflows"), 401, "unauthenticated");
  }

  private String made(String name) {
    return create(null, workflow(name, DEFINITION)).then().statusCode(201).extract().path("id");
  }

  private Response create(@Nullable String key, String body) {
    RequestSpecification request = mine().body(body);
    return (key == null ? request : request.header("Idempotency-Key", key)).post("/api/workflows");
  }

  private Response edit(String id, String patch) {
    return mine().body(patch).patch("/api/workflows/" + id);
  }

  private static String workflow(String name, String definition) {
    return "{\"name\":\"%s\",\"definition\":%s}".formatted(name, definition);
  }

  private JsonPath page(String query) {
    return mine().get("/api/workflows" + query).then().statusCode(200).extract().jsonPath();
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
