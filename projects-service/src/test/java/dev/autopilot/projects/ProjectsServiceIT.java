package dev.autopilot.projects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * What was packaged, jar or executable, does what the tests saw the classes do: here where those
 * reach into the classes, and elsewhere by the same tests.
 */
@QuarkusIntegrationTest
@WithServers
class ProjectsServiceIT {
  private final Person ada = Person.anyone();

  @Test
  void filesOfRowsComeInAndGoOut() {
    String database = ada.database(AField.of("name", "text"), AField.of("height", "number"));
    String rows = "name,height\nOak,20\nAsh,many\nElm,5\n";
    assertThat(errorsOf(imported(database, "text/csv", rows, 2))).contains("3,height,");
    String lines = "{\"name\": \"Fir\", \"height\": 9}\nnonsense\n";
    assertThat(errorsOf(imported(database, "application/x-ndjson", lines, 1))).contains("2,,");
    assertThat(
            ada.get("/api/databases/" + database + "/export", "format", "csv", "sort", "name")
                .asString()
                .lines()
                .map(line -> line.replaceFirst("^[0-9a-f-]{36}", "#")))
        .containsExactly("id,name,height", "#,Elm,5", "#,Fir,9", "#,Oak,20");
    assertThat(ada.get("/api/databases/" + database + "/export", "format", "jsonl").asString())
        .hasLineCount(3);
  }

  /** A file of which one row is wrong. */
  private String imported(String database, String type, String rows, int done) {
    String job =
        ada.request()
            .contentType(type)
            .body(rows.getBytes(StandardCharsets.UTF_8))
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
                .body("done", equalTo(done))
                .body("failed", equalTo(1)));
    return job;
  }

  private String errorsOf(String job) {
    return ada.get("/api/imports/" + job + "/errors").asString();
  }

  @Test
  void filesAreKeptReadAndFound() {
    new FileJourney(ada).run();
  }
}
