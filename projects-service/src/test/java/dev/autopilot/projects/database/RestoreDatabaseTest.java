package dev.autopilot.projects.database;

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
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
class RestoreDatabaseTest {
  private final Person ada = Person.anyone();
  private String project = "";
  private String authors = "";
  private String books = "";
  private String jane = "";

  @BeforeEach
  void aLibrary() {
    project = ada.project();
    authors = ada.databaseIn(project, AField.of("name", "text"));
    books =
        ada.databaseIn(
            project,
            AField.of("title", "text"),
            AField.of("author", "relation", Map.of("databaseId", authors)),
            AField.of("cover", "file"));
    jane = ada.record(authors, Map.of("name", "Jane")).getString("id");
  }

  @Test
  void itsRecordsLetGoOfAllThatWasDeletedMeanwhileHoweverManyThatAre() {
    String shelves =
        ada.databaseIn(
            project, AField.of("authors", "relation", Map.of("databaseId", authors, "many", true)));
    List<String> gone = new ArrayList<>();
    for (int i = 0; i < 13; i++) {
      List<String> ids =
          ada.post(
                  "/api/records/bulk",
                  Map.of("databaseId", authors, "create", Collections.nCopies(90, Map.of())))
              .jsonPath()
              .getList("results.record.id");
      ada.record(shelves, Map.of("authors", ids));
      gone.addAll(ids);
    }
    delete("databases", shelves);
    for (List<String> some : List.of(gone.subList(0, 600), gone.subList(600, gone.size()))) {
      ada.post("/api/records/bulk", Map.of("databaseId", authors, "delete", some))
          .then()
          .statusCode(200);
    }

    restore(shelves).then().statusCode(200);

    assertThat(ada.records(shelves).getList("items.values.authors"))
        .hasSize(13)
        .containsOnlyNulls();
  }

  @Test
  void aDeletedDatabaseComesBackWithItsRecords() {
    try (EventProbe events = EventProbe.on("projects.events.v1")) {
      delete("databases", authors);
      ada.get("/api/databases", "projectId", project, "deleted", true, "count", true)
          .then()
          .body("items.id", contains(authors))
          .body("items[0].recordCount", equalTo(1))
          .body("items[0].containsKey('erasedFrom')", equalTo(true))
          .body("total", equalTo(1));

      String tag =
          restore(authors)
              .then()
              .statusCode(200)
              .body("recordCount", equalTo(1))
              .body("containsKey('deletedAt')", equalTo(false))
              .extract()
              .header("ETag");

      assertThat(ada.get("/api/databases/" + authors).header("ETag")).isEqualTo(tag);
      ada.get("/api/records/" + jane).then().body("values.name", equalTo("Jane"));
      ada.get("/api/databases", "deleted", true).then().body("items", empty());
      EventProbe.Event event =
          events.await("projects.database.restored", e -> e.key().equals(authors));
      Contracts.assertKept(event);
      assertThat(event.attributes()).containsEntry("aggregateversion", tag.replace("\"", ""));
      assertThat(restore(authors).header("ETag")).isEqualTo(tag);
    }
  }

  @Test
  void relationsToItHoldAgainAndWhoPointsAtItCanBeChangedMeanwhile() {
    String book = ada.record(books, Map.of("title", "Emma", "author", jane)).getString("id");
    delete("databases", authors);
    ada.patch("/api/records/" + book, Map.of("values", Map.of("title", "Persuasion")))
        .then()
        .statusCode(200)
        .body("values.author", equalTo(jane));
    ada.tryRecord(books, Map.of("author", jane)).then().statusCode(422);

    restore(authors).then().statusCode(200);

    ada.tryRecord(books, Map.of("author", jane)).then().statusCode(201);
    delete("records", jane);
    ada.get("/api/records/" + book).then().body("values.author", equalTo(null));
  }

  @Test
  void itLetsGoOfWhatWasDeletedMeanwhile() {
    String cover = ada.fileIn(project, "cover.txt");
    String emily = ada.record(authors, Map.of("name", "Emily")).getString("id");
    String gone = book(jane, cover);
    String stays = book(emily, ada.fileIn(project, "other.txt"));
    String strict =
        ada.databaseIn(
            project,
            AField.required(AField.of("author", "relation", Map.of("databaseId", authors))));
    String needing = ada.record(strict, Map.of("author", jane)).getString("id");
    delete("databases", books);
    delete("databases", strict);
    delete("records", jane);
    delete("files", cover);

    restore(books).then().statusCode(200);
    restore(strict).then().statusCode(200);

    ada.get("/api/records/" + gone)
        .then()
        .body("values.title", equalTo("A book"))
        .body("values.author", equalTo(null))
        .body("values.cover", equalTo(null));
    ada.get("/api/records/" + gone + "/history")
        .then()
        .body("items[0].operation", equalTo("updated"));
    ada.get("/api/records/" + stays)
        .then()
        .body("values.author", equalTo(emily))
        .body("version", equalTo(1));
    ada.get("/api/records/" + needing).then().body("values.author", equalTo(null));
  }

  @Test
  void restoringItWhileWhatItPointsAtIsDeletedNeverLeavesALooseEnd() throws Exception {
    List<Callable<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String author = ada.record(authors, Map.of("name", "Jane " + i)).getString("id");
      String _ = ada.record(books, Map.of("author", author)).getString("id");
      calls.add(() -> ada.request().delete("/api/records/" + author).statusCode());
    }
    delete("databases", books);
    calls.add(10, () -> restore(books).statusCode());
    try (ExecutorService pool = Executors.newFixedThreadPool(6)) {
      for (var call : pool.invokeAll(calls)) {
        assertThat(call.get()).isIn(200, 204);
      }
    }

    assertThat(ada.records(books).getList("items")).hasSize(20);
    assertThat(ada.<String>found(books, "author", "author is not null")).isEmpty();
  }

  @Test
  void thoseOfADeletedProjectComeBackWithItUnlessTheyWereDeletedThemselves() {
    delete("databases", authors);
    delete("projects", project);

    ada.get("/api/databases", "deleted", true).then().body("items", empty());
    restore(authors).then().statusCode(404);
    ada.request().post("/api/projects/" + project + "/restore").then().statusCode(200);

    ada.get("/api/databases").then().body("items.id", contains(books));
    ada.get("/api/databases", "deleted", true).then().body("items.id", contains(authors));
    restore(authors).then().statusCode(200);
  }

  @Test
  void whoMayDeleteMayRestoreAndNobodyElseSeesWhatIsDeleted() {
    Person editor = Person.anyone();
    Person viewer = Person.anyone();
    letIn(editor, "editor");
    letIn(viewer, "viewer");
    viewer.request().post("/api/databases/" + books + "/restore").then().statusCode(403);
    delete("databases", books);

    for (Person other : List.of(viewer, Person.anyone())) {
      other.get("/api/databases", "deleted", true).then().body("items", empty());
      other
          .request()
          .post("/api/databases/" + books + "/restore")
          .then()
          .statusCode(404)
          .body("code", equalTo("not_found"));
    }
    editor.get("/api/databases", "deleted", true).then().body("items.id", contains(books));
    editor.request().post("/api/databases/" + books + "/restore").then().statusCode(200);
  }

  @Test
  void anotherVersionThanTheOneThatWasSeenIsNotRestored() {
    String before = ada.get("/api/databases/" + books).header("ETag");
    delete("databases", books);

    ada.request()
        .header("If-Match", before)
        .post("/api/databases/" + books + "/restore")
        .then()
        .statusCode(412);
  }

  @Test
  void theSameKeyRestoresOnceAndIsAnsweredTwice() {
    String book = ada.record(books, Map.of("author", jane)).getString("id");
    delete("databases", books);
    delete("records", jane);

    for (String replayed : new String[] {null, "true"}) {
      String header =
          ada.request()
              .header("Idempotency-Key", books)
              .post("/api/databases/" + books + "/restore")
              .then()
              .statusCode(200)
              .body("id", equalTo(books))
              .extract()
              .header("Idempotency-Replayed");
      assertThat(header).isEqualTo(replayed);
    }
    ada.get("/api/records/" + book).then().body("values.author", equalTo(null));
  }

  @Test
  void pagesOfWhatIsDeletedBeginWithTheLatest() {
    delete("databases", books);
    delete("databases", authors);

    String cursor =
        ada.get("/api/databases", "deleted", true, "limit", 1)
            .then()
            .body("items.id", contains(authors))
            .extract()
            .path("nextCursor");
    ada.get("/api/databases", "deleted", true, "limit", 1, "cursor", cursor)
        .then()
        .body("items.id", contains(books))
        .body("nextCursor", equalTo(null));
  }

  private String book(String author, String cover) {
    return ada.record(books, Map.of("title", "A book", "author", author, "cover", cover))
        .getString("id");
  }

  private void letIn(Person person, String role) {
    ada.post("/api/projects/" + project + "/members", Map.of("userId", person.id(), "role", role))
        .then()
        .statusCode(201);
  }

  private void delete(String what, String id) {
    ada.request().delete("/api/" + what + "/" + id).then().statusCode(204);
  }

  private Response restore(String database) {
    return ada.request().post("/api/databases/" + database + "/restore");
  }
}
