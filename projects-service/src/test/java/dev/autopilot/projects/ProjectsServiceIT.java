package dev.autopilot.projects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.autopilot.testkit.EventProbe;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What was packaged, jar or executable, does what the tests saw the classes do. */
@QuarkusIntegrationTest
@WithServers
class ProjectsServiceIT {
  private final Person ada = Person.anyone();

  @Test
  void recordsAreWrittenFoundCountedAndTold() {
    String database =
        ada.database(
            AField.unique(AField.of("name", "text", Map.of("pattern", "[A-Z].*"))),
            AField.indexed(AField.of("height", "decimal", Map.of("precision", 8, "scale", 2))),
            AField.select("kind", "tree", "shrub"),
            AField.of("planted", "date"),
            AField.of("more", "json"),
            AField.of("number", "autonumber", Map.of("prefix", "P-")));
    try (EventProbe events = EventProbe.on("projects.events.v1")) {
      ada.post(
              "/api/records/bulk",
              Map.of(
                  "databaseId",
                  database,
                  "upsert",
                  Map.of(
                      "on",
                      "name",
                      "values",
                      List.of(
                          Map.of("name", "Oak", "height", 20.5, "kind", "tree"),
                          Map.of("name", "Lilac", "height", 3, "planted", "2020-05-01"),
                          Map.of("name", "Ash", "more", Map.of("a", 1))))))
          .then()
          .statusCode(200);
      JsonPath oak = ada.records(database, "filter", "name ~ \"OAK\" and height between 20 and 21");
      String id = oak.getString("items[0].id");
      var _ = events.await("projects.record.created", event -> event.key().equals(id));
      assertThat(oak.getString("items[0].values.number")).isEqualTo("P-1");
      ada.patch("/api/records/" + id, Map.of("values", Map.of("kind", "shrub")))
          .then()
          .statusCode(200);
      ada.get("/api/records/" + id + "/history").then().body("items.size()", equalTo(2));
      ada.post("/api/records/" + id + "/restore", Map.of("version", 1))
          .then()
          .body("values.kind", equalTo("tree"));
    }
    assertThat(ada.<String>found(database, "name", "planted < today - 1y or kind = \"tree\""))
        .containsExactly("Oak", "Lilac");
    assertThat(
            ada.records(database, "sort", "-height,name", "q", "lilac")
                .getList("items.values.name"))
        .containsExactly("Lilac");
    ada.get("/api/databases/" + database + "/aggregate", "metrics", "count,max:height")
        .then()
        .statusCode(200)
        .body("items[0].metrics.count", equalTo(3));
    ada.tryRecord(database, Map.of("name", "oak")).then().statusCode(422);
    ada.tryRecord(database, Map.of("name", "Oak")).then().statusCode(409);
  }

  @Test
  void filesOfRowsComeInAndGoOut() {
    String database = ada.database(AField.of("name", "text"), AField.of("height", "number"));
    String job =
        ada.request()
            .contentType("text/csv")
            .body("name,height\nOak,20\nAsh,many\nElm,5\n")
            .post("/api/databases/" + database + "/import")
            .then()
            .statusCode(202)
            .extract()
            .path("id");
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() ->
            ada.get("/api/imports/" + job)
                .then()
                .body("status", equalTo("succeeded"))
                .body("done", equalTo(2))
                .body("failed", equalTo(1)));
    assertThat(ada.get("/api/imports/" + job + "/errors").asString()).contains("3,height,");
    assertThat(
            ada.get("/api/databases/" + database + "/export", "format", "csv", "sort", "name")
                .asString())
        .startsWith("id,name,height")
        .hasLineCount(3);
    assertThat(ada.get("/api/databases/" + database + "/export", "format", "jsonl").asString())
        .hasLineCount(2);
  }

  @Test
  void filesAreKeptReadAndFound() {
    new FileJourney(ada).run();
  }
}
