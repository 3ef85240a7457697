package dev.autopilot.projects.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import com.fasterxml.jackson.databind.JsonNode;
import dev.autopilot.projects.AField;
import dev.autopilot.projects.Person;
import dev.autopilot.testkit.Contracts;
import dev.autopilot.testkit.EventProbe;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithServers
class RecordResourceTest {
  private final Person ada = Person.anyone();

  @Test
  void aRecordIsCreatedReadChangedAndDeletedAndEachIsTold() {
    try (EventProbe events = EventProbe.on("projects.events.v1")) {
      String database = ada.database(AField.of("name", "text"), AField.of("height", "number"));
      String id = ada.record(database, Map.of("name", "Oak")).getString("id");
      String path = "/api/records/" + id;
      ada.get(path)
          .then()
          .statusCode(200)
          .header("ETag", "\"1\"")
          .body("databaseId", equalTo(database))
          .body("values.name", equalTo("Oak"))
          .body("values.containsKey('height')", equalTo(true))
          .body("createdBy", equalTo(ada.id().toString()))
          .body("version", equalTo(1));
      ada.patch(path, "{\"values\": {\"height\": 20.5, \"name\": null}}")
          .then()
          .statusCode(200)
          .body("values.height", equalTo(20.5f))
          .body("values.name", equalTo(null))
          .body("version", equalTo(2));
      ada.request().delete(path).then().statusCode(204);
      ada.get(path).then().statusCode(404);
      ada.get("/api/databases/" + database).then().body("recordCount", equalTo(0));

      JsonNode created = told(events, "created", id);
      assertThat(created.at("/values/name").asText()).isEqualTo("Oak");
      JsonNode updated = told(events, "updated", id);
      assertThat(updated.get("changed")).hasSize(2);
      assertThat(updated.get("version").asInt()).isEqualTo(2);
      JsonNode deleted = told(events, "deleted", id);
      assertThat(deleted.at("/values/height").decimalValue()).isEqualByComparingTo("20.5");
    }
  }

  private JsonNode told(EventProbe events, String verb, String id) {
    EventProbe.Event event = events.await("projects.record." + verb, e -> e.key().equals(id));
    Contracts.assertKept(event);
    assertThat(event.attributes()).containsEntry("userid", ada.id().toString());
    return event.data();
  }

  @Test
  void aChangeThatChangesNothingMakesNoVersion() {
    String database = ada.database(AField.of("name", "text"));
    String path = "/api/records/" + ada.record(database, Map.of("name", "Oak")).getString("id");

    ada.patch(path, Map.of("values", Map.of("name", "Oak"))).then().body("version", equalTo(1));
  }

  @Test
  void whoLosesTheRaceIsTold() {
    String database = ada.database(AField.of("name", "text"));
    String path = "/api/records/" + ada.record(database, Map.of("name", "Oak")).getString("id");
    ada.patch(path, Map.of("values", Map.of("name", "Elm"))).then().statusCode(200);

    ada.request()
        .contentType(ContentType.JSON)
        .header("If-Match", "\"1\"")
        .body(Map.of("values", Map.of("name", "Ash")))
        .patch(path)
        .then()
        .statusCode(412);
    ada.request().header("If-Match", "\"1\"").delete(path).then().statusCode(412);
    ada.get(path).then().body("values.name", equalTo("Elm"));
  }

  @Test
  void somebodyElsesRecordIsNotThere() {
    String database = ada.database(AField.of("name", "text"));
    String path = "/api/records/" + ada.record(database, Map.of("name", "Oak")).getString("id");
    Person eve = Person.anyone();

    eve.get(path).then().statusCode(404).body("code", equalTo("not_found"));
    eve.patch(path, Map.of("values", Map.of("name", "Mine"))).then().statusCode(404);
    eve.request().delete(path).then().statusCode(404);
    eve.tryRecord(database, Map.of("name", "Mine")).then().statusCode(404);
    eve.get("/api/records", "databaseId", database).then().statusCode(404);
    eve.get("/api/records/" + UUID.randomUUID()).then().statusCode(404);
    assertThat(ada.records(database).getList("items.values.name")).containsExactly("Oak");
  }

  @Test
  void everyTypeGivesBackWhatItTook() {
    String project = ada.project();
    String file = ada.fileIn(project, "a.txt");
    String database =
        ada.databaseIn(
            project,
            AField.of("text", "text"),
            AField.of("long", "long_text"),
            AField.of("number", "number"),
            AField.of("decimal", "decimal", Map.of("precision", 20, "scale", 3)),
            AField.of("boolean", "boolean"),
            AField.of("date", "date"),
            AField.of("datetime", "datetime"),
            AField.select("select", "a", "b"),
            AField.multiSelect("multi", "x", "y", "z"),
            AField.of("email", "email"),
            AField.of("url", "url"),
            AField.of("json", "json"),
            AField.of("file", "file"),
            AField.of("auto", "autonumber"),
            AField.of("ticket", "autonumber", Map.of("prefix", "T-")));
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("text", "Größe 🐦 \"quoted\" '; drop table project; --");
    values.put("long", "line\nline\n".repeat(500));
    values.put("number", -12.75);
    values.put("decimal", 1234567.5);
    values.put("boolean", false);
    values.put("date", "2026-02-28");
    values.put("datetime", "2026-02-28T23:30:00+01:00");
    values.put("select", "b");
    values.put("multi", List.of("z", "x"));
    values.put("email", "ada@example.org");
    values.put("url", "https://example.org/a?b=c#d");
    values.put("json", Map.of("a", List.of(1, 2, Map.of("b", "c"))));
    values.put("file", file);

    JsonPath record = ada.record(database, values);

    JsonPath read = ada.get("/api/records/" + record.getString("id")).jsonPath();
    assertThat(read.<Object>get()).isEqualTo(record.<Object>get());
    assertThat(read.getString("values.text")).isEqualTo(values.get("text"));
    assertThat(read.getString("values.long")).isEqualTo(values.get("long"));
    assertThat(read.getDouble("values.number")).isEqualTo(-12.75);
    assertThat(read.getString("values.datetime")).isEqualTo("2026-02-28T22:30:00.000Z");
    assertThat(read.getList("values.multi")).containsExactly("z", "x");
    assertThat(read.getInt("values.json.a[2].size()")).isEqualTo(1);
    assertThat(read.getInt("values.auto")).isEqualTo(1);
    assertThat(read.getString("values.ticket")).isEqualTo("T-1");
    assertThat(ada.get("/api/records/" + record.getString("id")).asString())
        .contains("\"decimal\":1234567.500");
    assertThat(ada.record(database, Map.of()).getString("values.ticket")).isEqualTo("T-2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "text | 5 | text",
        "text | 'toolong' | characters",
        "code | 'abc' | pattern",
        "number | '5' | number",
        "number | 0 | less",
        "number | 11 | more",
        "number | 1e60 | digits",
        "decimal | 1.234 | behind the point",
        "decimal | 123456 | digits",
        "boolean | 'true' | true or false",
        "date | '2026-02-30' | date",
        "date | '2026-02-28T00:00:00Z' | date",
        "datetime | '2026-02-28' | instant",
        "select | 'c' | choices",
        "multi | 'x' | list",
        "multi | ['x', 'q'] | choices",
        "email | 'ada' | e-mail",
        "url | 'javascript:alert(1)' | URL",
        "url | 'not a url' | URL",
        "file | 'x' | id",
        "text | '\\u0000' | U+0000",
        "text | '\\ud800' | surrogate",
        "auto | 5 | numbered by the server",
        "colour | 'red' | no such field",
      })
  void aValueThatIsNoneIsRefusedWithItsPointer(String key, String value, String reason) {
    String database =
        ada.database(
            AField.of("text", "text", Map.of("maxLength", 5)),
            AField.of("code", "text", Map.of("pattern", "[0-9]+")),
            AField.of("number", "number", Map.of("min", 1, "max", 10)),
            AField.of("decimal", "decimal", Map.of("precision", 5, "scale", 2)),
            AField.of("boolean", "boolean"),
            AField.of("date", "date"),
            AField.of("datetime", "datetime"),
            AField.select("select", "a"),
            AField.multiSelect("multi", "x"),
            AField.of("email", "email"),
            AField.of("url", "url"),
            AField.of("file", "file"),
            AField.of("auto", "autonumber"));
    String body =
        "{\"databaseId\": \"%s\", \"values\": {\"%s\": %s}}"
            .formatted(database, key, value.replace('\'', '"'));

    ada.post("/api/records", body)
        .then()
        .statusCode(422)
        .body("code", equalTo("validation_failed"))
        .body("errors.pointer", contains("/values/" + key))
        .body("errors[0].message", org.hamcrest.Matchers.containsString(reason));
    assertThat(ada.records(database).getList("items")).isEmpty();
  }

  @Test
  void moreThanHalfAMegabyteInARecordIsRefusedAndWhatIsLessIsFoundByEachOfItsWords() {
    AField[] fields = new AField[6];
    Map<String, Object> values = new LinkedHashMap<>();
    int word = 0;
    for (int i = 0; i < fields.length; i++) {
      fields[i] = AField.of("text" + i, "long_text");
      StringBuilder text = new StringBuilder();
      while (text.length() < 99_990) {
        text.append(Integer.toString(50_000 + word++, 36)).append(' ');
      }
      values.put("text" + i, text.toString());
    }
    String database = ada.database(fields);

    ada.tryRecord(database, values)
        .then()
        .statusCode(422)
        .body("code", equalTo("validation_failed"))
        .body("errors.pointer", contains("/values"));
    Object last = values.remove("text5");
    String path = "/api/records/" + ada.record(database, values).getString("id");
    ada.patch(path, Map.of("values", Map.of("text5", last)))
        .then()
        .statusCode(422)
        .body("errors.pointer", contains("/values"));
    ada.patch(path, "{\"values\": {\"text0\": null, \"text5\": \"" + last + "\"}}")
        .then()
        .statusCode(200);
    ada.tryRecord(
            database, Map.of("text0", "\u20ac".repeat(90_000), "text1", "\u20ac".repeat(90_000)))
        .then()
        .statusCode(422)
        .body("errors.pointer", contains("/values"));
    ada.tryRecord(database, Map.of("text0", "\u0001".repeat(90_000)))
        .then()
        .statusCode(422)
        .body("errors.pointer", contains("/values"));
  }

  @Test
  void aPatchReachesIntoJson() {
    String database =
        ada.database(AField.of("size", "json"), AField.unique(AField.of("no", "text")));
    String id =
        ada.record(database, Map.of("no", "1", "size", Map.of("a", 1, "b", Map.of("c", 2, "d", 3))))
            .getString("id");
    String path = "/api/records/" + id;

    ada.patch(path, "{\"values\": {\"size\": {\"b\": {\"c\": null, \"e\": [null]}}}}")
        .then()
        .statusCode(200)
        .body("values.size.a", equalTo(1))
        .body("values.size.b.keySet()", containsInAnyOrder("d", "e"))
        .body("version", equalTo(2));
    ada.patch(path, "{\"values\": {\"size\": {\"a\": 1, \"none\": null}}}")
        .then()
        .body("version", equalTo(2));
    ada.get(path + "/history")
        .then()
        .body("items[1].values.size.b.keySet()", containsInAnyOrder("c", "d"));
    ada.post(
            "/api/records/bulk",
            "{\"databaseId\": \"%s\", \"update\": [{\"id\": \"%s\", \"values\": {\"size\": {\"a\": null}}}]}"
                .formatted(database, id))
        .then()
        .statusCode(200)
        .body("results[0].record.values.size.keySet()", contains("b"));
    ada.post(
            "/api/records/bulk",
            "{\"databaseId\": \"%s\", \"upsert\": {\"on\": \"no\", \"values\": [{\"no\": \"1\", \"size\": {\"z\": 1}}]}}"
                .formatted(database))
        .then()
        .statusCode(200)
        .body("results[0].record.values.size.keySet()", containsInAnyOrder("b", "z"));
    ada.patch(path, "{\"values\": {\"size\": [1]}}").then().body("values.size", contains(1));
    ada.patch(path, "{\"values\": {\"size\": {\"a\": {\"b\": null}}}}")
        .then()
        .statusCode(200)
        .body("values.size.keySet()", contains("a"))
        .body("values.size.a.size()", equalTo(0));
    ada.patch(path, "{\"values\": {\"size\": null}}").then().body("values.size", equalTo(null));
  }

  @Test
  void requiredValuesAreRequiredAndDefaultsStandIn() {
    String database =
        ada.database(
            AField.required(AField.of("name", "text")),
            AField.of("stock", "number", Map.of("default", 3)));

    ada.tryRecord(database, Map.of("stock", 1))
        .then()
        .statusCode(422)
        .body("errors.pointer", contains("/values/name"));
    ada.tryRecord(database, Map.of("name", "")).then().statusCode(422);
    JsonPath record = ada.record(database, Map.of("name", "Oak"));
    assertThat(record.getInt("values.stock")).isEqualTo(3);
    ada.patch("/api/records/" + record.getString("id"), "{\"values\": {\"name\": null}}")
        .then()
        .statusCode(422);
  }

  @Test
  void aUniqueValueIsHeldByOneRecord() {
    String database =
        ada.database(
            AField.unique(AField.of("isbn", "text")), AField.unique(AField.of("shelf", "number")));
    String first = ada.record(database, Map.of("isbn", "1", "shelf", 1)).getString("id");
    String second = ada.record(database, Map.of("isbn", "2")).getString("id");

    ada.tryRecord(database, Map.of("isbn", "3", "shelf", 1.0))
        .then()
        .statusCode(409)
        .body("code", equalTo("not_unique"))
        .body("errors.pointer", contains("/values/shelf"));
    ada.patch("/api/records/" + second, Map.of("values", Map.of("isbn", "1")))
        .then()
        .statusCode(409)
        .body("errors.pointer", contains("/values/isbn"));
    ada.record(database, Map.of("isbn", "4")); // Nothing is not a value: many may hold it.
    ada.request().delete("/api/records/" + first).then().statusCode(204);
    ada.record(database, Map.of("isbn", "1"));
  }

  @Test
  void ofManyWhoWantTheSameUniqueValueAtOnceOneGetsIt() throws Exception {
    String database = ada.database(AField.unique(AField.of("seat", "text")));
    try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
      List<Callable<Response>> attempts = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        attempts.add(() -> ada.tryRecord(database, Map.of("seat", "12A")));
      }
      List<Integer> statuses = new ArrayList<>();
      for (Future<Response> attempt : pool.invokeAll(attempts)) {
        statuses.add(attempt.get().statusCode());
      }
      assertThat(statuses).containsOnly(201, 409).containsOnlyOnce(201);
    }
    assertThat(ada.records(database).getList("items")).hasSize(1);
    ada.get("/api/databases/" + database).then().body("recordCount", equalTo(1));
  }

  @Test
  void theSameKeyCreatesOneRecord() {
    String database = ada.database(AField.of("name", "text"));
    String key = UUID.randomUUID().toString();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      ids.add(
          ada.request()
              .contentType(ContentType.JSON)
              .header("Idempotency-Key", key)
              .body(Map.of("databaseId", database, "values", Map.of("name", "Oak")))
              .post("/api/records")
              .path("id"));
    }
    assertThat(ids.getFirst()).isEqualTo(ids.getLast());
    assertThat(ada.records(database).getList("items")).hasSize(1);
  }

  @Test
  void requestsWithoutTheirPartsAreRefused() {
    ada.post("/api/records", "{}")
        .then()
        .statusCode(422)
        .body("errors.pointer", hasItem("/databaseId"))
        .body("errors.pointer", hasItem("/values"));
    ada.post("/api/records", "{\"databaseId\": \"x\", \"values\": {}}").then().statusCode(422);
    ada.post("/api/records", "{\"databaseId\": null, \"values\": []}").then().statusCode(422);
    ada.get("/api/records").then().statusCode(422);
    ada.get("/api/records/not-an-id").then().statusCode(404);
  }
}
