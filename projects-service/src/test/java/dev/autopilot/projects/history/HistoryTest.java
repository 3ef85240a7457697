package dev.autopilot.projects.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import dev.autopilot.projects.AField;
import dev.autopilot.projects.Person;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
class HistoryTest {
  private final Person ada = Person.anyone();

  @Test
  void everyVersionIsToldNewestFirst() {
    String database = ada.database(AField.of("name", "text"), AField.of("height", "number"));
    String path = "/api/records/" + ada.record(database, Map.of("name", "Oak")).getString("id");
    ada.patch(path, Map.of("values", Map.of("height", 3))).then().statusCode(200);
    ada.request().delete(path).then().statusCode(204);

    ada.get(path + "/history")
        .then()
        .statusCode(200)
        .body("items.version", contains(3, 2, 1))
        .body("items.operation", contains("deleted", "updated", "created"))
        .body("items[1].changed", contains("height"))
        .body("items[1].values.name", equalTo("Oak"))
        .body("items[2].changed", contains("name"))
        .body("items[2].changedBy", equalTo(ada.id().toString()));
    String cursor = ada.get(path + "/history", "limit", 2).path("nextCursor");
    ada.get(path + "/history", "cursor", cursor).then().body("items.version", contains(1));
    Person.anyone().get(path + "/history").then().statusCode(404);
  }

  @Test
  void anOlderVersionComesBackAsANewOne() {
    String database = ada.database(AField.of("name", "text"));
    String path = "/api/records/" + ada.record(database, Map.of("name", "Oak")).getString("id");
    ada.patch(path, Map.of("values", Map.of("name", "Elm"))).then().statusCode(200);

    ada.post(path + "/restore", Map.of("version", 1))
        .then()
        .statusCode(200)
        .body("values.name", equalTo("Oak"))
        .body("version", equalTo(3));
    ada.post(path + "/restore", Map.of("version", 9)).then().statusCode(422);
    Person.anyone().post(path + "/restore", Map.of("version", 1)).then().statusCode(404);
  }

  @Test
  void aDeletedRecordComesBackUnlessItsValueIsTaken() {
    String database =
        ada.database(AField.unique(AField.of("code", "text")), AField.of("no", "autonumber"));
    JsonPath before = ada.record(database, Map.of("code", "a"));
    String path = "/api/records/" + before.getString("id");
    ada.request().delete(path).then().statusCode(204);
    String rival = ada.record(database, Map.of("code", "a")).getString("id");

    ada.post(path + "/restore", Map.of("version", 1)).then().statusCode(409);
    ada.request().delete("/api/records/" + rival).then().statusCode(204);
    ada.post(path + "/restore", Map.of("version", 1)).then().statusCode(200);

    JsonPath after = ada.get(path).jsonPath();
    assertThat(after.getMap("values")).isEqualTo(before.getMap("values"));
    assertThat(after.getString("createdAt")).isEqualTo(before.getString("createdAt"));
    assertThat(after.getInt("version")).isEqualTo(3);
    ada.get("/api/databases/" + database).then().body("recordCount", equalTo(1));
  }
}
