package dev.autopilot.projects.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.autopilot.projects.Person;
import dev.autopilot.projects.file.text.Documents;
import dev.autopilot.projects.sql.Sql;
import dev.autopilot.projects.sql.Statement;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
class FileTextTest {
  private final Person ada = Person.anyone();

  @Inject Sql sql;

  private String upload(String name, byte[] content) {
    return ada.request()
        .multiPart("file", name, content)
        .post("/api/files")
        .then()
        .statusCode(201)
        .body("textStatus", equalTo("pending"))
        .extract()
        .path("id");
  }

  private void awaitStatus(String id, String status) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> ada.get("/api/files/" + id).then().body("textStatus", equalTo(status)));
  }

  @Test
  void whatAFileSaysIsReadInTheBackgroundAndFound() {
    String pdf = upload("a.pdf", Documents.pdf("Wisteria climbs slowly."));
    String word = upload("b", Documents.word("Peonies don't like to be moved."));
    String plain = upload("annual_report-2026.md", "# Clematis\n\nIn *May*.".getBytes(UTF_8));
    awaitStatus(pdf, "ready");
    awaitStatus(word, "ready");
    awaitStatus(plain, "ready");

    ada.get("/api/files/" + pdf + "/text")
        .then()
        .statusCode(200)
        .contentType(startsWith("text/plain"))
        .header("X-Content-Type-Options", "nosniff")
        .body(equalTo("Wisteria climbs slowly."));
    ada.get("/api/files", "q", "wisteria").then().body("items.id", contains(pdf));
    ada.get("/api/files", "q", "moved peonies").then().body("items.id", contains(word));
    ada.get("/api/files", "q", "report 2026").then().body("items.id", contains(plain));
    ada.get("/api/files", "q", "clematis -may").then().body("items", empty());
    ada.get("/api/files", "q", "'; drop table file; --").then().body("items", empty());
    ada.get("/api/files", "q", "x".repeat(501)).then().statusCode(422);
    ada.get("/api/files").then().body("items.id", contains(plain, word, pdf));
  }

  @Test
  void textIsForThoseWhoMaySeeTheFile() {
    String project = ada.project();
    Person eve = Person.anyone();
    String id =
        ada.request()
            .multiPart("file", "a.txt", "Lavender".getBytes(UTF_8))
            .multiPart("projectId", project)
            .post("/api/files")
            .path("id");
    awaitStatus(id, "ready");

    eve.get("/api/files/" + id + "/text").then().statusCode(404).body("code", equalTo("not_found"));
    eve.get("/api/files", "q", "lavender").then().body("items", empty());
    ada.post("/api/projects/" + project + "/members", Map.of("userId", eve.id(), "role", "viewer"));
    eve.get("/api/files/" + id + "/text").then().statusCode(200).body(equalTo("Lavender"));
    eve.get("/api/files", "q", "lavender").then().body("items.id", contains(id));
  }

  @Test
  void aFileWithoutTextSaysSo() {
    byte[] noise = new byte[1_000];
    new Random(1).nextBytes(noise);
    String id = upload("noise", noise);
    awaitStatus(id, "none");
    ada.get("/api/files/" + id + "/text").then().statusCode(404).body("code", equalTo("no_text"));

    String broken = upload("broken", "%PDF-1.7 and nothing more".getBytes(UTF_8));
    awaitStatus(broken, "failed");
    ada.get("/api/files/" + broken + "/text").then().statusCode(404);
  }

  @Test
  void moreWordsThanAnIndexTakesAreKeptAndSomeFound() {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < 180_000; i++) {
      words.append(Integer.toString(i + 50_000, 36)).append(' ');
    }
    String id = upload("words", words.toString().getBytes(UTF_8));
    awaitStatus(id, "ready");
    ada.get("/api/files", "q", Integer.toString(50_001, 36)).then().body("items.id", contains(id));
    ada.get("/api/files/" + id + "/text")
        .then()
        .body(containsString(Integer.toString(229_999, 36)));
  }

  @Test
  void whatACrashLeftUnreadIsReadAgain() {
    String id = upload("a.txt", "Magnolia".getBytes(UTF_8));
    awaitStatus(id, "ready");
    // As it stands when a process died while it read, and the time it had is over.
    sql.update(
        Statement.of(
            "update file set text_status = 'PENDING', text_attempts = 2, text_due = now(),"
                + " search = '' where id = ?",
            UUID.fromString(id)));
    awaitStatus(id, "ready");
    ada.get("/api/files", "q", "magnolia").then().body("items.id", contains(id));
  }

  @Test
  void aFileThatTookTheProcessWithItIsGivenUp() {
    String id = upload("a.txt", "Deadly nightshade".getBytes(UTF_8));
    awaitStatus(id, "ready");
    sql.update(
        Statement.of(
            "update file set text_status = 'PENDING', text_attempts = 3, text_due = now()"
                + " where id = ?",
            UUID.fromString(id)));
    awaitStatus(id, "failed");
  }

  @Test
  void whatIsBeingReadElsewhereIsLeftAlone() {
    String id = upload("a.txt", "Hemlock".getBytes(UTF_8));
    awaitStatus(id, "ready");
    sql.update(
        Statement.of(
            "update file set text_status = 'PENDING', text_due = now() + interval '1 hour'"
                + " where id = ?",
            UUID.fromString(id)));
    String later = upload("b.txt", "Yew".getBytes(UTF_8));
    awaitStatus(later, "ready");
    ada.get("/api/files/" + id + "/text")
        .then()
        .statusCode(409)
        .body("code", equalTo("text_pending"))
        .header("Retry-After", "1");
  }
}
