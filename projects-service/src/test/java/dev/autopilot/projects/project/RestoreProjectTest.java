package dev.autopilot.projects.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import dev.autopilot.projects.AField;
import dev.autopilot.projects.Person;
import dev.autopilot.testkit.Contracts;
import dev.autopilot.testkit.EventProbe;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
class RestoreProjectTest {
  private final Person ada = Person.anyone();

  @Test
  void aDeletedProjectComesBackWithAllThatIsInIt() {
    try (EventProbe events = EventProbe.on("projects.events.v1")) {
      String project = ada.project();
      String database = ada.databaseIn(project, AField.of("name", "text"));
      String record = ada.record(database, Map.of("name", "Oak")).getString("id");
      String file = ada.fileIn(project, "plan.txt");
      delete(project);
      ada.get("/api/files/" + file).then().statusCode(404);

      String tag =
          restore(project)
              .then()
              .statusCode(200)
              .body("name", equalTo("Garden"))
              .body("role", equalTo("owner"))
              .body("containsKey('deletedAt')", equalTo(false))
              .extract()
              .header("ETag");

      assertThat(ada.get("/api/projects/" + project).header("ETag")).isEqualTo(tag);
      ada.get("/api/databases/" + database).then().body("recordCount", equalTo(1));
      ada.get("/api/records/" + record).then().body("values.name", equalTo("Oak"));
      ada.get("/api/files/" + file).then().statusCode(200);
      ada.get("/api/projects").then().body("items.id", contains(project));
      ada.get("/api/projects", "deleted", true).then().body("items", empty());
      EventProbe.Event event =
          events.await("projects.project.restored", e -> e.key().equals(project));
      Contracts.assertKept(event);
      assertThat(event.attributes())
          .containsEntry("userid", ada.id().toString())
          .containsEntry("aggregateversion", tag.replace("\"", ""));
    }
  }

  @Test
  void whatIsDeletedIsListedUntilItIsErasedTheLatestDeletionFirst() {
    List<String> deleted = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      deleted.add(ada.project());
    }
    Collections.swap(deleted, 0, 3);
    deleted.forEach(this::delete);
    ada.project();

    List<String> seen = new ArrayList<>();
    String cursor = "";
    while (cursor != null) {
      JsonPath page =
          (cursor.isEmpty()
                  ? ada.get("/api/projects", "deleted", true, "limit", 2, "count", true)
                  : ada.get("/api/projects", "deleted", true, "limit", 2, "cursor", cursor))
              .jsonPath();
      seen.addAll(page.getList("items.id"));
      assertThat(cursor.isEmpty() ? page.getInt("total") : 5).isEqualTo(5);
      cursor = page.getString("nextCursor");
    }

    assertThat(seen).isEqualTo(deleted.reversed());
    JsonPath first = ada.get("/api/projects", "deleted", true).jsonPath();
    Instant deletedAt = Instant.parse(first.getString("items[0].deletedAt"));
    assertThat(deletedAt).isBetween(Instant.now().minusSeconds(60), Instant.now());
    assertThat(first.getString("items[0].erasedFrom"))
        .isEqualTo(deletedAt.plus(Duration.ofDays(30)).toString());
  }

  @Test
  void whatAnOwnerDeletedNobodyElseSeesOrRestores() {
    String project = ada.project();
    Person editor = Person.anyone();
    ada.post(
            "/api/projects/" + project + "/members",
            Map.of("userId", editor.id(), "role", "editor"))
        .then()
        .statusCode(201);
    editor.post("/api/projects/" + project + "/restore", "").then().statusCode(403);
    delete(project);

    for (Person other : List.of(editor, Person.anyone())) {
      other.get("/api/projects", "deleted", true).then().body("items", empty());
      other
          .post("/api/projects/" + project + "/restore", "")
          .then()
          .statusCode(404)
          .body("code", equalTo("not_found"));
    }
    restore(project).then().statusCode(200);
    editor.get("/api/projects/" + project).then().statusCode(200).body("role", equalTo("editor"));
  }

  @Test
  void whatIsNotDeletedStaysAsItIs() {
    String project = ada.project();
    String tag = ada.get("/api/projects/" + project).header("ETag");

    assertThat(restore(project).then().statusCode(200).extract().header("ETag")).isEqualTo(tag);
  }

  @Test
  void anotherVersionThanTheOneThatWasSeenIsNotRestored() {
    String project = ada.project();
    String before = ada.get("/api/projects/" + project).header("ETag");
    delete(project);
    String version =
        ada.get("/api/projects", "deleted", true).jsonPath().getString("items[0].version");

    ada.request()
        .header("If-Match", before)
        .post("/api/projects/" + project + "/restore")
        .then()
        .statusCode(412)
        .body("code", equalTo("precondition_failed"));
    ada.request()
        .header("If-Match", "\"" + version + "\"")
        .post("/api/projects/" + project + "/restore")
        .then()
        .statusCode(200);
  }

  @Test
  void whenManyDeleteAndRestoreAtOnceEachChangeIsMadeAndToldOnce() throws Exception {
    String project = ada.project();
    List<Callable<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      calls.add(() -> restore(project).statusCode());
      calls.add(() -> ada.request().delete("/api/projects/" + project).statusCode());
    }
    try (EventProbe events = EventProbe.on("projects.events.v1");
        ExecutorService pool = Executors.newFixedThreadPool(8)) {
      int deletions = 1;
      for (var call : pool.invokeAll(calls)) {
        assertThat(call.get()).isIn(200, 204, 404);
        deletions += call.get() == 204 ? 1 : 0;
      }
      restore(project).then().statusCode(200);
      delete(project);
      int last = ada.get("/api/projects", "deleted", true).path("items[0].version");

      events.await("projects.project.deleted", e -> isOf(project, last, e));
      List<EventProbe.Event> told = new ArrayList<>();
      told.addAll(events.awaitMany("projects.project.deleted", 1, e -> e.key().equals(project)));
      assertThat(told).hasSize(deletions);
      told.addAll(events.awaitMany("projects.project.restored", 1, e -> e.key().equals(project)));
      assertThat(told).hasSize(last);
      assertThat(told)
          .extracting(e -> e.attributes().get("aggregateversion"))
          .doesNotHaveDuplicates();
    }
  }

  private static boolean isOf(String project, int version, EventProbe.Event event) {
    return event.key().equals(project)
        && Integer.toString(version).equals(event.attributes().get("aggregateversion"));
  }

  @Test
  void deletedIsYesOrNo() {
    ada.get("/api/projects", "deleted", "perhaps")
        .then()
        .statusCode(422)
        .body("errors[0].pointer", equalTo("/deleted"));
    ada.get("/api/projects", "deleted", true, "cursor", "nonsense")
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid_cursor"));
  }

  private void delete(String project) {
    ada.request().delete("/api/projects/" + project).then().statusCode(204);
  }

  private Response restore(String project) {
    return ada.request().post("/api/projects/" + project + "/restore");
  }
}
