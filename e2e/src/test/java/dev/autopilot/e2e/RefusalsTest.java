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
import org.junit.jupiter.params.provider.MethodSource;
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

  /**
   * Where things are kept, in each service that keeps any.
   *
   * @param proper what makes a new one; its text is called {@code name}
   */
  record Shelf(String path, String create, String name, String proper) {
    static Shelf of(String path, String proper) {
      return new Shelf(path, path, "name", proper);
    }

    int of(Person person) {
      return person.client().get(path).expect(200).json().path("items").size();
    }

    @Override
    public String toString() {
      return path;
    }
  }

  static List<Shelf> shelves() {
    return List.of(
        Shelf.of("/api/auth/tokens", "{\"name\":\"a\",\"scopes\":[\"projects:read\"]}"),
        new Shelf("/api/sessions", "/api/sessions/create", "title", "{\"title\":\"a\"}"),
        Shelf.of("/api/projects", "{\"name\":\"a\"}"),
        Shelf.of(
            "/api/workflows",
            "{\"name\":\"a\",\"definition\":{\"triggers\":[{\"type\":\"manual\"}],\"steps\":[]}}"),
        Shelf.of(
            "/api/integrations/webhooks",
            "{\"name\":\"a\",\"verification\":{\"scheme\":\"none\"}}"));
  }

  @ParameterizedTest
  @MethodSource("shelves")
  void malformedJsonIsRefused(Shelf shelf) {
    int before = shelf.of(ada);

    for (String body : List.of("{", "", "{\"name\": }", "{\"name\":\"a\"", "{} {}")) {
      isProblem(ada.client().post(shelf.create(), "application/json", body), 400, "malformed_json");
    }
    assertThat(shelf.of(ada)).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("shelves")
  void valuesThatAreNotAllowedArePointedAt(Shelf shelf) {
    int before = shelf.of(ada);
    String name = shelf.name();
    String proper = shelf.proper();
    Map<String, String> pointers =
        Map.of(
            proper.replace("\"a\"", "5"), "/" + name,
            proper.replace("\"a\"", "\"\""), "/" + name,
            proper.replace("\"a\"", "\"a\\u0000b\""), "/" + name,
            proper.replaceFirst("\\{", "{\"colour\":\"red\","), "/colour");

    pointers.forEach((body, pointer) -> {
      Answer answer = ada.client().post(shelf.create(), "application/json", body);
      isProblem(answer, 422, "validation_failed");
      assertThat(answer.json().path("errors").findValuesAsText("pointer")).contains(pointer);
    });
    assertThat(shelf.of(ada)).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("shelves")
  void aHugeBodyIsRefused(Shelf shelf) {
    int before = shelf.of(ada);
    String huge = shelf.proper().replace("\"a\"", "\"" + "x".repeat(2_000_000) + "\"");

    isProblem(
        ada.client().post(shelf.create(), "application/json", huge), 413, "payload_too_large");
    assertThat(shelf.of(ada)).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("shelves")
  void anotherContentTypeIsRefused(Shelf shelf) {
    isProblem(
        ada.client().post(shelf.create(), "text/plain", "name=a"), 415, "unsupported_media_type");
  }

  @ParameterizedTest
  @MethodSource("shelves")
  void aForgedTokenIsRefused(Shelf shelf) {
    int before = shelf.of(ada);
    String token = ada.accessToken();
    Client forger = anybody.signedInWith(token.substring(0, token.length() - 6) + "AAAAAA");

    isProblem(forger.get(shelf.path()), 401, "unauthenticated");
    isProblem(
        forger.post(shelf.create(), "application/json", shelf.proper()), 401, "unauthenticated");
    assertThat(shelf.of(ada)).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("shelves")
  void whatIsOnAnothersShelfIsNotThere(Shelf shelf) {
    String id =
        ada.client()
            .post(shelf.create(), "application/json", shelf.proper())
            .expect(201)
            .text("id");
    int adasBefore = shelf.of(ada);
    int bobsBefore = shelf.of(bob);
    String adas = shelf.path() + "/" + id;
    String nobodys = shelf.path() + "/" + UUID.randomUUID();

    Answer refusal = bob.client().delete(adas);
    isProblem(refusal, 404, bob.client().delete(nobodys).text("code"));
    assertThat(bob.client().get(adas).status())
        .isEqualTo(bob.client().get(nobodys).status())
        .isNotEqualTo(200);
    assertThat(bob.client().patch(adas, Map.of(shelf.name(), "his")).status())
        .isEqualTo(bob.client().patch(nobodys, Map.of(shelf.name(), "his")).status())
        .isNotEqualTo(200);
    assertThat(shelf.of(bob)).isEqualTo(bobsBefore);
    assertThat(shelf.of(ada)).isEqualTo(adasBefore);
  }

  @ParameterizedTest
  @MethodSource("shelves")
  void aCursorThatIsNotOursIsRefused(Shelf shelf) {
    for (String cursor : List.of("nonsense", "%25", "bm90IG91cnM", "W10")) {
      isProblem(ada.client().get(shelf.path() + "?cursor=" + cursor), 400, "invalid_cursor");
    }
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
  void whatIsInAnothersProjectIsNotThere() {
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
