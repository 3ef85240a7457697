package dev.autopilot.projects.project;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.autopilot.projects.Person;
import dev.autopilot.testkit.Contracts;
import dev.autopilot.testkit.EventProbe;
import dev.autopilot.testkit.Tokens;
import dev.autopilot.testkit.Tokens.Untrusted;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithServers
class ProjectResourceTest {
  private final Person ada = Person.anyone();

  @Test
  void aProjectIsCreatedReadChangedAndDeletedAndEachIsTold() {
    try (EventProbe events = EventProbe.on("projects.events.v1")) {
      String id =
          ada.post("/api/projects", Map.of("name", "Garden", "description", "Plants and beds"))
              .then()
              .statusCode(201)
              .header("ETag", notNullValue())
              .body("name", equalTo("Garden"))
              .body("role", equalTo("owner"))
              .body("description", equalTo("Plants and beds"))
              .extract()
              .path("id");
      ada.get("/api/projects/" + id).then().statusCode(200).body("id", equalTo(id));
      ada.patch("/api/projects/" + id, "{\"name\": \"Orchard\", \"description\": null}")
          .then()
          .statusCode(200)
          .body("name", equalTo("Orchard"))
          .body("description", nullValue());
      ada.request().delete("/api/projects/" + id).then().statusCode(204);
      ada.get("/api/projects/" + id).then().statusCode(404);

      for (String verb : List.of("created", "changed", "deleted")) {
        EventProbe.Event event = events.await("projects.project." + verb, e -> e.key().equals(id));
        Contracts.assertKept(event);
        assertThat(event.attributes()).containsEntry("userid", ada.id().toString());
      }
    }
  }

  @Test
  void somebodyElsesProjectIsNotThere() {
    String id = ada.project();
    Person eve = Person.anyone();

    eve.get("/api/projects/" + id).then().statusCode(404).body("code", equalTo("not_found"));
    eve.patch("/api/projects/" + id, Map.of("name", "Mine")).then().statusCode(404);
    eve.request().delete("/api/projects/" + id).then().statusCode(404);
    eve.get("/api/projects").then().body("items.id", not(hasItem(id)));
    ada.get("/api/projects/" + id).then().statusCode(200).body("name", equalTo("Garden"));
  }

  @Test
  void whoLosesTheRaceIsTold() {
    String id = ada.project();
    String tag = ada.get("/api/projects/" + id).header("ETag");

    ada.request()
        .contentType(ContentType.JSON)
        .header("If-Match", tag)
        .body(Map.of("name", "First"))
        .patch("/api/projects/" + id)
        .then()
        .statusCode(200);
    ada.request()
        .contentType(ContentType.JSON)
        .header("If-Match", tag)
        .body(Map.of("name", "Second"))
        .patch("/api/projects/" + id)
        .then()
        .statusCode(412)
        .body("code", equalTo("precondition_failed"));
    ada.request().header("If-Match", tag).delete("/api/projects/" + id).then().statusCode(412);
    ada.get("/api/projects/" + id).then().body("name", equalTo("First"));
  }

  @Test
  void pagesLeadFromTheNewestToTheOldestWithoutGapOrRepetition() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      made.addFirst(ada.project());
    }

    List<String> seen = new ArrayList<>();
    String cursor = null;
    do {
      JsonPath page =
          (cursor == null
                  ? ada.get("/api/projects", "limit", 2, "count", true)
                  : ada.get("/api/projects", "limit", 2, "cursor", cursor))
              .jsonPath();
      seen.addAll(page.getList("items.id"));
      cursor = page.getString("nextCursor");
    } while (cursor != null);

    assertThat(seen).isEqualTo(made);
    assertThat(ada.get("/api/projects", "count", true).jsonPath().getInt("total")).isEqualTo(5);
  }

  @Test
  void theSameKeyCreatesOneProject() {
    String key = UUID.randomUUID().toString();
    for (boolean replayed : new boolean[] {false, true}) {
      String header =
          ada.request()
              .contentType(ContentType.JSON)
              .header("Idempotency-Key", key)
              .body(Map.of("name", "Once"))
              .post("/api/projects")
              .then()
              .statusCode(201)
              .extract()
              .header("Idempotency-Replayed");
      assertThat(header).isEqualTo(replayed ? "true" : null);
    }
    assertThat(ada.get("/api/projects").jsonPath().getList("items")).hasSize(1);
  }

  static List<Untrusted> untrusted() {
    return Tokens.untrusted(UUID.randomUUID());
  }

  @ParameterizedTest
  @MethodSource("untrusted")
  void aTokenThatIsNotToBeBelievedOpensNothing(Untrusted untrusted) {
    given()
        .auth()
        .oauth2(untrusted.token())
        .get("/api/projects")
        .then()
        .statusCode(401)
        .body("code", equalTo("unauthenticated"));
  }

  @Test
  void aTokenForReadingDoesNotWrite() {
    String token = Tokens.forUser(ada.id()).scope("projects:read").mint();

    given().auth().oauth2(token).get("/api/projects").then().statusCode(200);
    given()
        .auth()
        .oauth2(token)
        .contentType(ContentType.JSON)
        .body(Map.of("name", "X"))
        .post("/api/projects")
        .then()
        .statusCode(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"name\": \"\"}",
        "{\"name\": 5}",
        "{\"name\": \"a\", \"owner\": \"me\"}",
        "{\"name\": \"\\u0000\"}"
      })
  void whatIsNoProjectIsRefused(String body) {
    ada.post("/api/projects", body)
        .then()
        .statusCode(422)
        .contentType("application/problem+json")
        .body("code", equalTo("validation_failed"));
  }

  @Test
  void malformedJsonWrongTypesHugeBodiesAndBadCursorsHaveTheirProblems() {
    ada.post("/api/projects", "{\"name\": ").then().statusCode(400);
    ada.request()
        .contentType(ContentType.TEXT)
        .body("name")
        .post("/api/projects")
        .then()
        .statusCode(415);
    ada.post("/api/projects", Map.of("name", "x".repeat(2_000_000)))
        .then()
        .statusCode(413)
        .body("code", equalTo("payload_too_large"));
    ada.get("/api/projects", "cursor", "nonsense")
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid_cursor"));
    ada.get("/api/projects", "limit", 0).then().statusCode(422);
  }
}
