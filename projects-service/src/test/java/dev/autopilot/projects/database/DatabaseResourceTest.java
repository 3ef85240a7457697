package dev.autopilot.projects.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.autopilot.projects.AField;
import dev.autopilot.projects.Person;
import dev.autopilot.testkit.Contracts;
import dev.autopilot.testkit.EventProbe;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithServers
class DatabaseResourceTest {
  private final Person ada = Person.anyone();

  @Test
  void aDatabaseIsCreatedReadChangedAndDeletedAndEachIsTold() {
    try (EventProbe events = EventProbe.on("projects.events.v1")) {
      String project = ada.project();
      String id =
          ada.databaseIn(
              project,
              AField.required(AField.of("name", "text", Map.of("maxLength", 50))),
              AField.of("price", "decimal", Map.of("precision", 8, "scale", 2)),
              AField.indexed(AField.select("kind", "tree", "shrub")));
      ada.get("/api/databases/" + id)
          .then()
          .statusCode(200)
          .body("fields.key", contains("name", "price", "kind"))
          .body("fields[0].required", equalTo(true))
          .body("fields[0].options.maxLength", equalTo(50))
          .body("fields[2].options.choices.value", contains("tree", "shrub"))
          .body("recordCount", equalTo(0))
          .body("projectId", equalTo(project));
      ada.record(id, Map.of("name", "Oak"));
      ada.patch("/api/databases/" + id, Map.of("name", "Trees"))
          .then()
          .statusCode(200)
          .body("name", equalTo("Trees"))
          .body("recordCount", equalTo(1));
      ada.get("/api/databases", "projectId", project)
          .then()
          .body("items.id", contains(id))
          .body("items[0].recordCount", equalTo(1));
      ada.request().delete("/api/databases/" + id).then().statusCode(204);
      ada.get("/api/databases/" + id).then().statusCode(404);
      ada.get("/api/records", "databaseId", id).then().statusCode(404);

      for (String verb : List.of("created", "changed", "deleted")) {
        Contracts.assertKept(events.await("projects.database." + verb, e -> e.key().equals(id)));
      }
    }
  }

  @Test
  void somebodyElsesDatabaseIsNotThere() {
    String project = ada.project();
    String id = ada.databaseIn(project, AField.of("name", "text"));
    Person eve = Person.anyone();

    eve.get("/api/databases/" + id).then().statusCode(404);
    eve.patch("/api/databases/" + id, Map.of("name", "Mine")).then().statusCode(404);
    eve.request().delete("/api/databases/" + id).then().statusCode(404);
    eve.get("/api/databases", "projectId", project).then().body("items.size()", equalTo(0));
    eve.post(
            "/api/databases", Map.of("projectId", project, "name", "Intruder", "fields", List.of()))
        .then()
        .statusCode(404);
  }

  @Test
  void aDeletedProjectTakesItsDatabasesOutOfSight() {
    String project = ada.project();
    String id = ada.databaseIn(project, AField.of("name", "text"));

    ada.request().delete("/api/projects/" + project).then().statusCode(204);

    ada.get("/api/databases/" + id).then().statusCode(404);
    assertThat(ada.get("/api/databases").jsonPath().getList("items")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'key': 'a', 'type': 'colour'} | /fields/0/type",
        "{'key': 'a', 'type': 'formula'} | /fields/0/type",
        "{'key': '1a', 'type': 'text'} | /fields/0/key",
        "{'key': 'and', 'type': 'text'} | /fields/0/key",
        "{'key': 'createdAt', 'type': 'text'} | /fields/0/key",
        "{'type': 'text'} | /fields/0/key",
        "{'key': 'a', 'type': 'select'} | /fields/0/options/choices",
        "{'key': 'a', 'type': 'text', 'options': {'min': 1}} | /fields/0/options/min",
        "{'key': 'a', 'type': 'text', 'options': {'pattern': '('}} | /fields/0/options/pattern",
        "{'key': 'a', 'type': 'text', 'options': {'pattern': '((x{1000}){1000}){1000}'}} | /fields/0/options/pattern",
        "{'key': 'a', 'type': 'text', 'options': {'pattern': '(.{0,1000}){3}'}} | /fields/0/options/pattern",
        "{'key': 'a', 'type': 'select', 'options': {'choices': [null]}} | /fields/0/options/choices/0",
        "{'key': 'a', 'type': 'select', 'options': {'choices': [{'value': 'b', 'label': '$long'}]}} | /fields/0/options/choices/0/label",
        "{'key': 'a', 'type': 'select', 'options': {'choices': [{'value': 'b', 'color': '$long'}]}} | /fields/0/options/choices/0/color",
        "{'key': 'a', 'type': 'decimal', 'options': {'precision': 2, 'scale': 3}} | /fields/0/options/scale",
        "{'key': 'a', 'type': 'number', 'options': {'default': 'x'}} | /fields/0/options/default",
        "{'key': 'a', 'type': 'file', 'options': {'default': '01890000-0000-7000-8000-000000000000'}}"
            + " | /fields/0/options/default",
        "{'key': 'a', 'type': 'relation', 'options': {'default': '01890000-0000-7000-8000-000000000000',"
            + " 'databaseId': '01890000-0000-7000-8000-000000000000'}} | /fields/0/options/default",
        "{'key': 'a', 'type': 'relation'} | /fields/0/options/databaseId",
        "{'key': 'a', 'type': 'json', 'unique': true} | /fields/0/unique",
        "{'key': 'a', 'type': 'long_text', 'indexed': true} | /fields/0/indexed",
        "{'key': 'a', 'type': 'text', 'colour': 'red'} | /fields/0/colour",
      })
  void whatIsNoFieldIsRefusedWithItsPointer(String field, String pointer) {
    String body =
        "{\"projectId\": \"%s\", \"name\": \"D\", \"fields\": [%s]}"
            .formatted(ada.project(), field.replace('\'', '"').replace("$long", "x".repeat(201)));

    ada.post("/api/databases", body)
        .then()
        .statusCode(422)
        .body("code", equalTo("validation_failed"))
        .body("errors.pointer", hasItem(pointer));
  }

  @Test
  void twoFieldsDoNotShareAKey() {
    ada.post(
            "/api/databases",
            Map.of(
                "projectId",
                ada.project(),
                "name",
                "D",
                "fields",
                List.of(AField.of("name", "text"), AField.of("Name", "number"))))
        .then()
        .statusCode(422)
        .body("errors.pointer", contains("/fields/1/key"));
  }
}
