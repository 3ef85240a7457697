package dev.autopilot.projects.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import dev.autopilot.projects.AField;
import dev.autopilot.projects.LargeRecord;
import dev.autopilot.projects.Person;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
    ada.get(path + "/history", "limit", 1, "count", true).then().body("total", equalTo(3));
    String cursor = ada.get(path + "/history", "limit", 2).path("nextCursor");
    ada.get(path + "/history", "cursor", cursor).then().body("items.version", contains(1));
    Person.anyone().get(path + "/history").then().statusCode(404);
  }

  @Test
  void largeVersionsMakePagesShortAndEachIsToldOnce() {
    String database = ada.database(LargeRecord.fields(AField.of("name", "text")));
    String path =
        "/api/records/"
            + ada.record(database, LargeRecord.values(1, Map.of("name", "0"))).getString("id");
    for (int i = 1; i < 12; i++) {
      ada.patch(path, Map.of("values", Map.of("name", "" + i))).then().statusCode(200);
    }

    JsonPath first = ada.get(path + "/history", "limit", 200).jsonPath();
    JsonPath second =
        ada.get(path + "/history", "limit", 200, "cursor", first.getString("nextCursor"))
            .jsonPath();
    JsonPath third =
        ada.get(path + "/history", "limit", 200, "cursor", second.getString("nextCursor"))
            .jsonPath();

    assertThat(first.getList("items.version")).isEqualTo(List.of(12, 11, 10, 9, 8));
    assertThat(second.getList("items.version")).isEqualTo(List.of(7, 6, 5, 4, 3));
    assertThat(third.getList("items.version")).isEqualTo(List.of(2, 1));
    assertThat(third.getString("nextCursor")).isNull();
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

  @Test
  void aRecordKeepsItsNumberWhateverVersionComesBack() {
    String database = ada.database(AField.of("name", "text"));
    String path = "/api/records/" + ada.record(database, Map.of("name", "Oak")).getString("id");
    String fields = "/api/databases/" + database + "/fields";
    ada.post(fields, AField.of("no", "autonumber", Map.of("prefix", "INV-")))
        .then()
        .statusCode(201);
    ada.patch(path, Map.of("values", Map.of("name", "Elm"))).then().statusCode(200);
    ada.patch(fields + "/no", Map.of("options", Map.of("prefix", "R-"))).then().statusCode(200);

    restored(path, 1, "R-1"); // From before there were numbers.
    restored(path, 2, "R-1"); // From before they had this prefix.
    ada.patch(fields + "/no", Map.of("options", Map.of("prefix", "S-"))).then().statusCode(200);
    ada.request().delete(path).then().statusCode(204);
    ada.patch(fields + "/no", Map.of("options", Map.of("prefix", "T-"))).then().statusCode(200);
    restored(path, 1, "T-1");
    ada.request().delete(path).then().statusCode(204);
    ada.post(fields, AField.of("second", "autonumber")).then().statusCode(201);
    restored(path, 1, "T-1").body("values.second", equalTo(1));
  }

  private ValidatableResponse restored(String path, int version, String number) {
    return ada.post(path + "/restore", Map.of("version", version))
        .then()
        .statusCode(200)
        .body("values.no", equalTo(number));
  }

  @Test
  void whoBringsARecordBackThatIsBackAlreadyFindsIt() throws Exception {
    String database = ada.database(AField.of("name", "text"));
    String path = "/api/records/" + ada.record(database, Map.of("name", "Oak")).getString("id");
    for (int round = 1; round <= 5; round++) {
      ada.request().delete(path).then().statusCode(204);
      CyclicBarrier together = new CyclicBarrier(4);
      try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
        List<Future<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          answers.add(
              pool.submit(() -> {
                together.await();
                return ada.post(path + "/restore", Map.of("version", 1)).statusCode();
              }));
        }
        for (Future<Integer> answer : answers) {
          assertThat(answer.get()).isEqualTo(200);
        }
      }
      ada.get(path).then().body("version", equalTo(1 + 2 * round));
    }
  }
}
