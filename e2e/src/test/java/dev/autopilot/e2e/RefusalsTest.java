package dev.autopilot.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input gets the documented problem, and nothing changes. Everything through the gateway. */
@ExtendWith(WholeSuite.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusalsTest {
  private final Client anybody;
  private final Person ada;
  private final Person bob;

  RefusalsTest(Client anybody) {
    this.anybody = anybody;
    this.ada = Person.signUp(anybody);
    this.bob = Person.signUp(anybody);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "", "{\"name\": }", "{\"name\":\"a\"", "{\"name\":\"a\"}}"})
  void malformedJsonIsRefused(String body) {
    int before = projectsOf(ada);

    isProblem(ada.client().post("/api/projects", "application/json", body), 400, "malformed_json");

    assertThat(projectsOf(ada)).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"name\":5}|/name",
        "{\"name\":\"a\",\"colour\":\"red\"}|/colour",
        "{\"name\":\"\"}|/name",
        "{}|/name",
        "{\"name\":\"a\\u0000b\"}|/name"
      })
  void valuesThatAreNotAllowedArePointedAt(String body, String pointer) {
    int before = projectsOf(ada);

    Answer answer = ada.client().post("/api/projects", "application/json", body);

    isProblem(answer, 422, "validation_failed");
    assertThat(answer.json().path("errors").findValuesAsText("pointer")).contains(pointer);
    assertThat(projectsOf(ada)).isEqualTo(before);
  }

  @Test
  void aHugeBodyIsRefused() {
    int before = projectsOf(ada);
    String huge = "{\"name\":\"" + "x".repeat(2_000_000) + "\"}";

    isProblem(
        ada.client().post("/api/projects", "application/json", huge), 413, "payload_too_large");
    assertThat(projectsOf(ada)).isEqualTo(before);
  }

  @Test
  void anotherContentTypeIsRefused() {
    isProblem(
        ada.client().post("/api/projects", "text/plain", "name=a"), 415, "unsupported_media_type");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/projects",
        "/api/databases",
        "/api/records",
        "/api/sessions",
        "/api/workflows",
        "/api/integrations/webhooks",
        "/api/dashboard/stats",
        "/api/auth/me"
      })
  void withoutATokenNothingIsShown(String path) {
    isProblem(anybody.get(path), 401, "unauthenticated");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage",
        "a.b.c",
        "eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0.eyJzdWIiOiIwMTkwMDAwMC0wMDAwLTcwMDAtODAwMC0wMDAwMDAwMDAwMDAifQ."
      })
  void aTokenThatIsNoneIsRefused(String token) {
    isProblem(anybody.signedInWith(token).get("/api/projects"), 401, "unauthenticated");
  }

  @Test
  void aForgedTokenIsRefused() {
    String token = ada.accessToken();
    String forged = token.substring(0, token.length() - 6) + "AAAAAA";

    isProblem(anybody.signedInWith(forged).get("/api/projects"), 401, "unauthenticated");
  }

  @Test
  void whatIsSomebodyElsesIsNotThere() {
    String project =
        ada.client().post("/api/projects", Map.of("name", "Secret")).expect(201).text("id");
    String database =
        ada.client()
            .post(
                "/api/databases",
                Map.of(
                    "projectId",
                    project,
                    "name",
                    "Secrets",
                    "fields",
                    List.of(Map.of("key", "name", "name", "Name", "type", "text"))))
            .expect(201)
            .text("id");
    String record =
        ada.client()
            .post("/api/records", Map.of("databaseId", database, "values", Map.of("name", "hers")))
            .expect(201)
            .text("id");

    Answer nobodys = bob.client().get("/api/projects/" + UUID.randomUUID());
    Answer adas = bob.client().get("/api/projects/" + project);
    isProblem(nobodys, 404, adas.text("code"));
    isProblem(adas, 404, nobodys.text("code"));
    Map<String, Map<String, ?>> patches =
        Map.of(
            "/api/databases/" + database, Map.of("name", "his"),
            "/api/records/" + record, Map.of("values", Map.of("name", "his")));
    patches.forEach((path, patch) -> {
      assertThat(bob.client().get(path).status()).isEqualTo(404);
      assertThat(bob.client().patch(path, patch).status()).isEqualTo(404);
      assertThat(bob.client().delete(path).status()).isEqualTo(404);
    });
    assertThat(
            bob.client()
                .post(
                    "/api/records", Map.of("databaseId", database, "values", Map.of("name", "his")))
                .status())
        .isEqualTo(404);
    assertThat(bob.client().get("/api/records?databaseId=" + database).status()).isEqualTo(404);

    JsonNode kept = ada.client().get("/api/records/" + record).expect(200).json();
    assertThat(kept.path("values").path("name").asText()).isEqualTo("hers");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "%25", "bm90IG91cnM", "W10"})
  void aCursorThatIsNotOursIsRefused(String cursor) {
    isProblem(ada.client().get("/api/projects?cursor=" + cursor), 400, "invalid_cursor");
  }

  @Test
  void unknownPathsAndMethodsAreProblemsToo() {
    isProblem(ada.client().get("/api/nowhere"), 404, "not_found");
    isProblem(ada.client().get("/internal/revocations"), 404, "not_found");
    isProblem(ada.client().delete("/api/projects"), 405, "method_not_allowed");
  }

  @Test
  void theRequestIdIsTheSameEverywhere() {
    Answer answer = ada.client().with("X-Request-Id", "e2e-42").get("/api/projects/nothing");

    assertThat(answer.header("X-Request-Id")).isEqualTo("e2e-42");
    assertThat(answer.text("requestId")).isEqualTo("e2e-42");
  }

  @Test
  void theSameKeyActsOnceAndOnlyOnce() {
    int before = projectsOf(bob);
    Client again = bob.client().with("Idempotency-Key", UUID.randomUUID().toString());

    Answer first = again.post("/api/projects", Map.of("name", "Once")).expect(201);
    Answer second = again.post("/api/projects", Map.of("name", "Once")).expect(201);
    Answer other = again.post("/api/projects", Map.of("name", "Other"));

    assertThat(second.text("id")).isEqualTo(first.text("id"));
    assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
    isProblem(other, 422, "idempotency_key_reused");
    assertThat(projectsOf(bob)).isEqualTo(before + 1);
  }

  @Test
  void aLostRaceIs412() {
    Answer created = ada.client().post("/api/projects", Map.of("name", "Raced")).expect(201);
    String path = "/api/projects/" + created.text("id");
    String tag = ada.client().get(path).expect(200).header("ETag");

    ada.client().with("If-Match", tag).patch(path, Map.of("name", "First")).expect(200);

    isProblem(
        ada.client().with("If-Match", tag).patch(path, Map.of("name", "Second")),
        412,
        "precondition_failed");
    assertThat(ada.client().get(path).expect(200).text("name")).isEqualTo("First");
  }

  private int projectsOf(Person person) {
    return person.client().get("/api/projects?count=true").expect(200).json().path("total").asInt();
  }

  private static void isProblem(Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.text("code")).isEqualTo(code);
    assertThat(answer.json().path("status").asInt()).isEqualTo(status);
    assertThat(answer.text("requestId")).isNotEmpty();
    assertThat(answer.body()).doesNotContain("Exception", "dev.autopilot", "127.0.0.1", "select ");
  }
}
