package dev.autopilot.projects.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

import dev.autopilot.projects.AField;
import dev.autopilot.projects.Person;
import dev.autopilot.testkit.Contracts;
import dev.autopilot.testkit.EventProbe;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
class MemberResourceTest {
  private final Person ada = Person.anyone();
  private final Person eve = Person.anyone();
  private String project = "";
  private String members = "";

  @BeforeEach
  void aProject() {
    project = ada.project();
    members = "/api/projects/" + project + "/members";
  }

  private void letIn(Person person, String role) {
    ada.post(members, Map.of("userId", person.id(), "role", role)).then().statusCode(201);
  }

  @Test
  void membersAreCountedForWhoeverAsks() {
    letIn(eve, "viewer");

    ada.get(members, "limit", 1, "count", true)
        .then()
        .statusCode(200)
        .body("items.size()", equalTo(1))
        .body("total", equalTo(2));
  }

  @Test
  void aViewerSeesAndDoesNotTouch() {
    String database = ada.databaseIn(project, AField.of("name", "text"));
    String record = ada.record(database, Map.of("name", "Oak")).getString("id");
    letIn(eve, "viewer");

    eve.get("/api/projects/" + project).then().statusCode(200).body("role", equalTo("viewer"));
    eve.get("/api/records/" + record).then().statusCode(200);
    eve.get("/api/databases/" + database).then().statusCode(200);
    assertThat(eve.records(database).getList("items")).hasSize(1);

    eve.patch("/api/projects/" + project, Map.of("name", "X")).then().statusCode(403);
    eve.patch("/api/databases/" + database, Map.of("name", "X")).then().statusCode(403);
    eve.patch("/api/records/" + record, Map.of("values", Map.of())).then().statusCode(403);
    eve.tryRecord(database, Map.of("name", "Elm")).then().statusCode(403);
    eve.request().delete("/api/records/" + record).then().statusCode(403);
    eve.request().delete("/api/databases/" + database).then().statusCode(403);
    eve.request()
        .contentType("text/csv")
        .body("name\nElm\n")
        .post("/api/databases/" + database + "/import")
        .then()
        .statusCode(403);
  }

  @Test
  void anEditorWritesAndDoesNotGovern() {
    String database = ada.databaseIn(project, AField.of("name", "text"));
    letIn(eve, "editor");

    eve.record(database, Map.of("name", "Elm"));
    eve.patch("/api/projects/" + project, Map.of("name", "Orchard")).then().statusCode(200);

    eve.request().delete("/api/projects/" + project).then().statusCode(403);
    eve.post(members, Map.of("userId", Person.anyone().id(), "role", "editor"))
        .then()
        .statusCode(403);
    eve.request().delete(members + "/" + ada.id()).then().statusCode(403);
  }

  @Test
  void whoIsPutOutOrLeavesSeesNothingAnymore() {
    letIn(eve, "editor");
    ada.get(members).then().body("items.userId", hasItems(eve.id().toString()));
    ada.patch(members + "/" + eve.id(), Map.of("role", "viewer"))
        .then()
        .statusCode(200)
        .body("role", equalTo("viewer"));

    eve.request().delete(members + "/" + eve.id()).then().statusCode(204);

    eve.get("/api/projects/" + project).then().statusCode(404);
    eve.get(members).then().statusCode(404);
  }

  @Test
  void whoComesChangesAndGoesIsTold() {
    try (EventProbe events = EventProbe.on("projects.events.v1")) {
      letIn(eve, "editor");
      ada.patch(members + "/" + eve.id(), Map.of("role", "viewer")).then().statusCode(200);
      eve.request().delete(members + "/" + eve.id()).then().statusCode(204);

      List<String> told = new ArrayList<>();
      List<String> versions = new ArrayList<>();
      for (String verb : List.of("added", "changed", "removed")) {
        EventProbe.Event event =
            events.await("projects.member." + verb, e -> e.key().equals(project));
        Contracts.assertKept(event);
        assertThat(event.data().get("memberId").asText()).isEqualTo(eve.id().toString());
        assertThat(event.attributes()).containsEntry("userid", ada.id().toString());
        told.add(event.data().get("role").asText());
        versions.add(event.attributes().get("aggregateversion"));
      }
      assertThat(told).containsExactly("editor", "viewer", "viewer");
      assertThat(versions).as("each later than the one before").isSorted().doesNotHaveDuplicates();
    }
  }

  @Test
  void thereIsOneOwnerAndTheyStay() {
    ada.post(members, Map.of("userId", eve.id(), "role", "owner")).then().statusCode(422);
    ada.request()
        .delete(members + "/" + ada.id())
        .then()
        .statusCode(409)
        .body("code", equalTo("owner_stays"));
    letIn(eve, "viewer");
    ada.post(members, Map.of("userId", eve.id(), "role", "editor"))
        .then()
        .statusCode(409)
        .body("code", equalTo("already_a_member"));
  }
}
