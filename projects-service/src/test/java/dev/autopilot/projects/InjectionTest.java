package dev.autopilot.projects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * In every place where a client says a text: it is kept as it is or refused, and never understood
 * by anything beneath. Filters, sorts and searches have the same asked of them in {@code
 * RecordListTest}.
 */
@QuarkusTest
@WithServers
class InjectionTest {
  private static final String ATTACK = "'); drop schema projects cascade; --";

  private final Person ada = Person.anyone();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'; drop table project; --",
        "\" or \"1\"=\"1",
        ATTACK,
        "$1 ? :x {d '2026-01-01'} {fn now()}",
        "\\'; select pg_sleep(10); --",
        "a' union select null, version() --",
        "$$; drop table file; $$",
        "${jndi:ldap://localhost/x} #{7*7} {{7*7}} <%= 7*7 %>",
        "<script>alert(1)</script>",
        "%00%27 &#39; \u02bc \uff07",
        "record_1; truncate revision"
      })
  void whatIsKeptIsKeptAsItIs(String text) {
    String project =
        ada.post("/api/projects", Map.of("name", text, "description", text))
            .then()
            .statusCode(201)
            .body("name", equalTo(text))
            .body("description", equalTo(text))
            .extract()
            .path("id");
    Map<String, Object> choice = Map.of("value", text, "label", text, "color", text);
    String database =
        ada.post(
                "/api/databases",
                Map.of(
                    "projectId",
                    project,
                    "name",
                    text,
                    "description",
                    text,
                    "fields",
                    List.of(
                        Map.of("key", "name", "name", text, "type", "text", "unique", true),
                        Map.of(
                            "key",
                            "note",
                            "name",
                            "n",
                            "type",
                            "long_text",
                            "options",
                            Map.of("default", text)),
                        Map.of(
                            "key",
                            "kind",
                            "name",
                            "k",
                            "type",
                            "select",
                            "indexed",
                            true,
                            "options",
                            Map.of("choices", List.of(choice))),
                        Map.of(
                            "key",
                            "kinds",
                            "name",
                            "ks",
                            "type",
                            "multi_select",
                            "options",
                            Map.of("choices", List.of(choice))),
                        Map.of("key", "tree", "name", "t", "type", "json"))))
            .then()
            .statusCode(201)
            .extract()
            .path("id");
    JsonPath record =
        ada.record(
            database,
            Map.of("name", text, "kind", text, "kinds", List.of(text), "tree", Map.of(text, text)));
    assertThat(record.getString("values.name")).isEqualTo(text);
    assertThat(record.getString("values.note")).isEqualTo(text);
    assertThat(record.getString("values.kind")).isEqualTo(text);
    assertThat(record.getMap("values.tree")).isEqualTo(Map.of(text, text));
    assertThat(ada.records(database, "q", text, "sort", "-kind").getList("items")).isNotNull();
    ada.post(
            "/api/records/bulk",
            Map.of(
                "databaseId",
                database,
                "upsert",
                Map.of("on", "name", "values", List.of(Map.of("name", text, "note", text)))))
        .then()
        .statusCode(200);
    ada.get("/api/databases/" + database + "/aggregate", "group", "kind", "metrics", "count")
        .then()
        .statusCode(200);

    imported(database, text);
    assertThat(ada.get("/api/databases/" + database + "/export", "format", "jsonl").asString())
        .hasLineCount(2);
    file(project, text);

    ada.get("/api/projects/" + project).then().statusCode(200).body("name", equalTo(text));
  }

  /** A column, a cell and a mapping that say it. */
  private void imported(String database, String text) {
    String quoted = "\"" + text.replace("\"", "\"\"") + "\"";
    String job =
        ada.request()
            .contentType("text/csv; charset=UTF-8")
            .queryParam("mapping", json(Map.of(text, "name")))
            .body(quoted + "\n\"imported " + text.replace("\"", "\"\"") + "\"\n")
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
                .body("done", equalTo(1)));
  }

  private void file(String project, String text) {
    Response location =
        ada.request()
            .header("Tus-Resumable", "1.0.0")
            .header("Upload-Length", 1)
            .header(
                "Upload-Metadata",
                "filename "
                    + Base64.getEncoder().encodeToString(text.getBytes(UTF_8))
                    + ",projectId "
                    + Base64.getEncoder().encodeToString(project.getBytes(UTF_8)))
            .post("/api/files/uploads");
    assertThat(location.statusCode()).isIn(201, 422);
    ada.get("/api/files", "q", text).then().statusCode(200);
  }

  @Test
  void whatNamesSomethingIsKnownOrRefused() {
    String database = ada.database(AField.of("name", "text"));
    String record = ada.record(database, Map.of("name", "a")).getString("id");
    for (String path :
        List.of(
            "/api/projects/{x}",
            "/api/databases/{x}",
            "/api/records/{x}",
            "/api/files/{x}",
            "/api/imports/{x}",
            "/api/files/uploads/{x}")) {
      ada.request().get(path, ATTACK).then().statusCode(org.hamcrest.Matchers.oneOf(404, 405, 412));
    }
    Map.of(
            "metrics", "sum:" + ATTACK,
            "group", ATTACK,
            "filter", "name = " + ATTACK)
        .forEach((parameter, value) ->
            ada.get("/api/databases/" + database + "/aggregate", parameter, value)
                .then()
                .statusCode(422));
    ada.get("/api/databases/" + database + "/export", "format", ATTACK).then().statusCode(422);
    ada.get("/api/databases", "projectId", ATTACK).then().statusCode(lessThan(500));
    ada.get("/api/files", "projectId", ATTACK).then().statusCode(422);
    ada.get("/api/records", "databaseId", database, "cursor", ATTACK).then().statusCode(400);
    ada.get("/api/records", "databaseId", database, "limit", ATTACK).then().statusCode(422);
    ada.post(
            "/api/databases/" + database + "/fields",
            Map.of("key", ATTACK, "name", "x", "type", "text"))
        .then()
        .statusCode(422);
    ada.post(
            "/api/databases/" + database + "/fields",
            Map.of("key", "x", "name", "x", "type", ATTACK))
        .then()
        .statusCode(422);
    ada.request()
        .delete("/api/databases/" + database + "/fields/{key}", ATTACK)
        .then()
        .statusCode(404);
    ada.request()
        .header("If-Match", ATTACK)
        .delete("/api/records/" + record)
        .then()
        .statusCode(412);
    ada.request()
        .header("Last-Event-ID", ATTACK)
        .get("/api/databases/" + database + "/changes")
        .then()
        .statusCode(400);
    ada.post(
            "/api/projects/" + UUID.randomUUID() + "/members",
            Map.of("userId", ATTACK, "role", ATTACK))
        .then()
        .statusCode(422);
    ada.post(
            "/api/records/bulk",
            Map.of("databaseId", database, "upsert", Map.of("on", ATTACK, "values", List.of())))
        .then()
        .statusCode(422);
    assertThat(ada.records(database).getList("items")).hasSize(1);
  }

  private static String json(Map<String, String> map) {
    try {
      return new ObjectMapper().writeValueAsString(map);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
