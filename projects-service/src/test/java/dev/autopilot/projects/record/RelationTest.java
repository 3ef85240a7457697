package dev.autopilot.projects.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import dev.autopilot.projects.AField;
import dev.autopilot.projects.LargeRecord;
import dev.autopilot.projects.Person;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
class RelationTest {
  private final Person ada = Person.anyone();
  private String project = "";
  private String authors = "";
  private String books = "";

  @BeforeEach
  void aLibrary() {
    project = ada.project();
    authors = ada.databaseIn(project, AField.of("name", "text"));
    books =
        ada.databaseIn(
            project,
            AField.of("title", "text"),
            AField.of("author", "relation", Map.of("databaseId", authors)),
            AField.of("editors", "relation", Map.of("databaseId", authors, "many", true)));
  }

  private String author(String name) {
    return ada.record(authors, Map.of("name", name)).getString("id");
  }

  @Test
  void aRelationPointsAtRecordsThatExist() {
    String jane = author("Jane");
    String book =
        ada.record(books, Map.of("author", jane, "editors", List.of(jane))).getString("id");

    for (String nowhere : List.of(UUID.randomUUID().toString(), book)) {
      ada.tryRecord(books, Map.of("author", nowhere))
          .then()
          .statusCode(422)
          .body("errors.pointer", contains("/values/author"));
      ada.patch("/api/records/" + book, Map.of("values", Map.of("editors", List.of(jane, nowhere))))
          .then()
          .statusCode(422)
          .body("errors.pointer", contains("/values/editors"));
    }
    assertThat(ada.found(books, "author", "author = '" + jane + "'")).hasSize(1);
    assertThat(ada.found(books, "author", "editors ~ '" + jane + "'")).hasSize(1);
  }

  @Test
  void whoPointedAtADeletedRecordLetsGoOfIt() {
    String jane = author("Jane");
    String emily = author("Emily");
    String book =
        ada.record(books, Map.of("author", jane, "editors", List.of(emily, jane))).getString("id");

    ada.request().delete("/api/records/" + jane).then().statusCode(204);

    ada.get("/api/records/" + book)
        .then()
        .body("values.author", equalTo(null))
        .body("values.editors", contains(emily))
        .body("version", equalTo(2));
  }

  @Test
  void soDoLargeRecords() {
    String large =
        ada.databaseIn(
            project,
            LargeRecord.fields(AField.of("author", "relation", Map.of("databaseId", authors))));
    String jane = author("Jane");
    for (int i = 0; i < 12; i++) {
      ada.record(large, LargeRecord.values(i, Map.of("author", jane)));
    }

    ada.request().delete("/api/records/" + jane).then().statusCode(204);

    ada.get(
            "/api/databases/" + large + "/aggregate",
            "filter",
            "author is null and version = 2",
            "metrics",
            "count")
        .then()
        .body("items[0].metrics.count", equalTo(12));
  }

  @Test
  void whatIsRequiredElsewhereIsNotDeleted() {
    String strict =
        ada.databaseIn(
            project,
            AField.required(AField.of("author", "relation", Map.of("databaseId", authors))));
    String jane = author("Jane");
    ada.record(strict, Map.of("author", jane));

    ada.request()
        .delete("/api/records/" + jane)
        .then()
        .statusCode(409)
        .body("code", equalTo("still_needed"));
    ada.get("/api/records/" + jane).then().statusCode(200);
  }

  @Test
  void linkingAndDeletingAtOnceNeverLeaveALooseEnd() throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
      List<Callable<Integer>> calls = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        String author = author("Jane " + i);
        calls.add(() -> ada.tryRecord(books, Map.of("title", "t", "author", author)).statusCode());
        calls.add(() -> ada.request().delete("/api/records/" + author).statusCode());
      }
      for (var call : pool.invokeAll(calls)) {
        assertThat(call.get()).isIn(201, 204, 422);
      }
    }
    List<String> left = ada.<String>found(books, "author", "author is not null");
    assertThat(left).isEmpty();
  }

  @Test
  void relationsStayWithinTheProject() {
    ada.post(
            "/api/databases",
            Map.of(
                "projectId",
                ada.project(),
                "name",
                "Elsewhere",
                "fields",
                List.of(AField.of("author", "relation", Map.of("databaseId", authors)))))
        .then()
        .statusCode(422)
        .body("errors.pointer", contains("/fields/0/options/databaseId"));
  }

  @Test
  void aFileFieldPointsAtAFileOfTheProject() {
    String covers = ada.databaseIn(project, AField.of("cover", "file"));
    String mine = ada.fileIn(project, "cover.txt");
    String record = ada.record(covers, Map.of("cover", mine)).getString("id");

    for (String nowhere :
        List.of(UUID.randomUUID().toString(), record, ada.fileIn(ada.project(), "other.txt"))) {
      ada.tryRecord(covers, Map.of("cover", nowhere))
          .then()
          .statusCode(422)
          .body("errors.pointer", contains("/values/cover"));
    }
  }

  @Test
  void whoPointedAtADeletedFileLetsGoOfItUnlessItIsRequired() {
    String covers = ada.databaseIn(project, AField.of("cover", "file"));
    String needed = ada.databaseIn(project, AField.required(AField.of("cover", "file")));
    String file = ada.fileIn(project, "cover.txt");
    String record = ada.record(covers, Map.of("cover", file)).getString("id");
    String needing = ada.record(needed, Map.of("cover", file)).getString("id");

    ada.request()
        .delete("/api/files/" + file)
        .then()
        .statusCode(409)
        .body("code", equalTo("still_needed"));
    assertThat(ada.get("/api/records/" + record).jsonPath().getString("values.cover"))
        .isEqualTo(file);
    ada.request().delete("/api/records/" + needing).then().statusCode(204);
    ada.request().delete("/api/files/" + file).then().statusCode(204);

    ada.get("/api/records/" + record)
        .then()
        .body("values.cover", equalTo(null))
        .body("version", equalTo(2));
  }
}
