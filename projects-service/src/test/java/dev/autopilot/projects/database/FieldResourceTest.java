package dev.autopilot.projects.database;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.autopilot.projects.AField;
import dev.autopilot.projects.LargeRecord;
import dev.autopilot.projects.Person;
import dev.autopilot.projects.sql.Sql;
import dev.autopilot.projects.sql.Statement;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithServers
class FieldResourceTest {
  private final Person ada = Person.anyone();
  private String database = "";
  private String fields = "";

  @Inject Sql sql;

  @BeforeEach
  void aDatabaseWithRecords() {
    database = ada.database(AField.of("name", "text"), AField.of("size", "text"));
    fields = "/api/databases/" + database + "/fields";
    ada.record(database, Map.of("name", "Oak", "size", "20"));
    ada.record(database, Map.of("name", "Elm"));
  }

  private <T> List<T> values(String key) {
    return ada.records(database).getList("items.values." + key);
  }

  @Test
  void aDefaultIsFilledIntoManyRecordsHoweverLargeItIs() {
    for (int i = 0; i < 40; i++) {
      ada.record(database, Map.of("name", "n" + i));
    }

    ada.post(fields, AField.of("terms", "long_text", Map.of("default", "x".repeat(90_000))))
        .then()
        .statusCode(201);

    ada.get(
            "/api/databases/" + database + "/aggregate",
            "filter",
            "terms is not null",
            "metrics",
            "count")
        .then()
        .body("items[0].metrics.count", equalTo(42));
  }

  @Test
  void aDefaultThatWouldMakeARecordTooLargeIsRefused() {
    database = ada.database(LargeRecord.fields());
    fields = "/api/databases/" + database + "/fields";
    String large = ada.record(database, LargeRecord.values(1, Map.of())).getString("id");
    String path = "/api/records/" + large;
    ada.post(fields, AField.of("more", "long_text")).then().statusCode(201);
    ada.patch(path, Map.of("values", Map.of("more", "y".repeat(80_000)))).then().statusCode(200);

    ada.post(fields, AField.of("terms", "long_text", Map.of("default", "x".repeat(90_000))))
        .then()
        .statusCode(409)
        .body("code", equalTo("values_do_not_fit"))
        .body("detail", containsString("1 values don't fit"))
        .body("detail", containsString(large));
    ada.patch(path, Map.of("values", Map.of("more", "z"))).then().statusCode(200);
  }

  @Test
  void aFieldIsAddedRenamedMovedAndRemoved() {
    ada.post(fields, AField.of("kind", "text"))
        .then()
        .statusCode(201)
        .body("fields.key", contains("name", "size", "kind"));
    ada.record(database, Map.of("name", "Ash", "kind", "tree"));
    ada.patch(fields + "/kind", Map.of("name", "What it is"))
        .then()
        .statusCode(200)
        .body("fields[2].name", equalTo("What it is"))
        .body("fields[2].key", equalTo("kind"));
    ada.request()
        .contentType(ContentType.JSON)
        .body(Map.of("keys", List.of("kind", "name", "size")))
        .put(fields)
        .then()
        .statusCode(200)
        .body("fields.key", contains("kind", "name", "size"));
    assertThat(values("kind")).containsExactly(null, null, "tree");

    ada.request().delete(fields + "/kind").then().statusCode(200);
    ada.post(fields, AField.of("kind", "text")).then().statusCode(201);

    assertThat(values("kind")).as("a new field knows nothing of the old").containsOnlyNulls();
    await()
        .atMost(20, SECONDS)
        .untilAsserted(
            () -> assertThat(ada.records(database, "q", "tree").getList("items")).isEmpty());
  }

  @Test
  void aFieldIsAddedOnceHoweverOftenItIsSentUnderOneKey() {
    String key = UUID.randomUUID().toString();

    for (String replayed : new String[] {null, "true"}) {
      String header =
          ada.request()
              .header("Idempotency-Key", key)
              .contentType(ContentType.JSON)
              .body(AField.of("kind", "text"))
              .post(fields)
              .then()
              .statusCode(201)
              .body("fields.key", contains("name", "size", "kind"))
              .extract()
              .header("Idempotency-Replayed");
      assertThat(header).isEqualTo(replayed);
    }
  }

  @Test
  void aNewFieldMayFillItselfIn() {
    ada.post(fields, AField.required(AField.of("stock", "number", Map.of("default", 7))))
        .then()
        .statusCode(201);
    ada.post(fields, AField.of("no", "autonumber")).then().statusCode(201);

    assertThat(values("stock")).containsExactly(7, 7);
    assertThat(values("no")).containsExactly(1, 2);
    assertThat(ada.record(database, Map.of()).getInt("values.no")).isEqualTo(3);
    ada.post(fields, AField.required(AField.of("colour", "text")))
        .then()
        .statusCode(409)
        .body("code", equalTo("values_are_missing"));
    ada.post(fields, AField.of("NAME", "text"))
        .then()
        .statusCode(409)
        .body("code", equalTo("field_exists"));
  }

  @Test
  void aDatabaseHasOnlySoManyFieldsThatAreIndexedOrUnique() {
    AField[] fifty = new AField[50];
    for (int i = 0; i < fifty.length; i++) {
      AField field = AField.of("f" + i, "text");
      fifty[i] = i % 2 == 0 ? AField.indexed(field) : AField.unique(field);
    }
    String path = "/api/databases/" + ada.database(fifty) + "/fields";

    ada.post(path, AField.of("plain", "text")).then().statusCode(201);
    ada.post(path, AField.indexed(AField.of("more", "text")))
        .then()
        .statusCode(422)
        .body("errors.pointer", contains("/indexed"));
    ada.patch(path + "/plain", Map.of("unique", true))
        .then()
        .statusCode(422)
        .body("errors.pointer", contains("/unique"));
    ada.patch(path + "/f0", Map.of("unique", true)).then().statusCode(200);
  }

  @Test
  void whatPointsAtSomethingHasNoDefault() {
    String nowhere = UUID.randomUUID().toString();

    ada.post(fields, AField.of("cover", "file", Map.of("default", nowhere)))
        .then()
        .statusCode(422)
        .body("errors.pointer", contains("/options/default"));
    ada.post(
            fields,
            AField.of("twin", "relation", Map.of("databaseId", database, "default", nowhere)))
        .then()
        .statusCode(422)
        .body("errors.pointer", contains("/options/default"));
    assertThat(ada.records(database).getList("items.version")).containsExactly(1, 1);
  }

  @Test
  void allRecordsAreNumberedInTheOrderOfTheirMakingAndFoundByTheirWordsAsBefore() {
    Object all = IntStream.range(0, 500).mapToObj(_ -> Map.of("name", "Yew")).toList();
    for (int i = 0; i < 5; i++) {
      ada.post("/api/records/bulk", Map.of("databaseId", database, "create", all))
          .then()
          .statusCode(200);
    }

    ada.post(fields, AField.of("no", "autonumber")).then().statusCode(201);

    List<Integer> numbers = new ArrayList<>();
    String cursor = null;
    do {
      var page =
          cursor == null
              ? ada.records(database, "limit", 100)
              : ada.records(database, "limit", 100, "cursor", cursor);
      numbers.addAll(page.getList("items.values.no"));
      cursor = page.getString("nextCursor");
    } while (cursor != null);
    assertThat(numbers).containsExactlyElementsOf(IntStream.rangeClosed(1, 2502).boxed().toList());
    assertThat(ada.records(database, "q", "yew", "count", true).getInt("total")).isEqualTo(2500);
    assertThat(ada.records(database, "q", "oak").getList("items")).hasSize(1);
  }

  @Test
  void aFieldIsRetypedWhenAllItsValuesFit() {
    JsonPath before = ada.records(database);

    ada.patch(fields + "/size", Map.of("type", "number", "indexed", true))
        .then()
        .statusCode(200)
        .body("fields[1].type", equalTo("number"));

    assertThat(values("size")).containsExactly(20, null);
    assertThat(ada.found(database, "name", "size > 3")).containsExactly("Oak");
    assertThat(ada.records(database).getList("items.version"))
        .isEqualTo(before.getList("items.version"));

    String wrong = ada.record(database, Map.of("name", "tall")).getString("id");
    ada.patch(fields + "/name", Map.of("type", "number"))
        .then()
        .statusCode(409)
        .body("code", equalTo("values_do_not_fit"))
        .body("detail", containsString("3 values"))
        .body("detail", containsString(wrong));
    assertThat(values("name")).containsExactly("Oak", "Elm", "tall");
  }

  @Test
  void optionsAreNarrowedOnlyWhereTheValuesAllow() {
    ada.patch(fields + "/name", Map.of("options", Map.of("maxLength", 2)))
        .then()
        .statusCode(409)
        .body("code", equalTo("values_do_not_fit"));
    ada.patch(fields + "/name", Map.of("options", Map.of("maxLength", 3))).then().statusCode(200);
    ada.tryRecord(database, Map.of("name", "Hazel")).then().statusCode(422);
  }

  @Test
  void uniqueAndRequiredAreDemandedOfWhatExists() {
    ada.patch(fields + "/size", Map.of("required", true)).then().statusCode(409);
    ada.patch(fields + "/name", Map.of("required", true, "unique", true)).then().statusCode(200);
    ada.tryRecord(database, Map.of("name", "Oak")).then().statusCode(409);
    ada.tryRecord(database, Map.of("size", "1")).then().statusCode(422);
    ada.patch(fields + "/name", Map.of("unique", false)).then().statusCode(200);
    ada.record(database, Map.of("name", "Oak"));
    ada.patch(fields + "/name", Map.of("unique", true))
        .then()
        .statusCode(409)
        .body("code", equalTo("values_are_not_unique"));
  }

  @Test
  void anIndexIsBuiltBehindTheBacksOfThoseWhoWrite() {
    ada.patch(fields + "/name", Map.of("indexed", true)).then().statusCode(200);

    long storage =
        sql.number(
            Statement.of("select storage from database where id = ?", UUID.fromString(database)));
    await()
        .atMost(20, SECONDS)
        .until(() ->
            sql.number(
                    Statement.of(
                        "select count(*) from pg_index where indisvalid and indexrelid ="
                            + " to_regclass(?)",
                        "record_" + storage + "_i1"))
                == 1);
  }

  @ParameterizedTest
  @CsvSource({
    "{'key': 'other'},/key",
    "{'type': 'colour'},/type",
    "{'type': 'autonumber'},/type",
    "{'options': {'min': 3}},/options/min",
    "{'colour': 1},/colour"
  })
  void whatAFieldCannotBecomeIsRefused(String patch, String pointer) {
    ada.patch(fields + "/name", patch.replace('\'', '"'))
        .then()
        .statusCode(422)
        .body("errors[0].pointer", equalTo(pointer));
  }

  @Test
  void somebodyElsesFieldsAreNotThere() {
    Person eve = Person.anyone();
    eve.post(fields, AField.of("kind", "text")).then().statusCode(404);
    eve.patch(fields + "/name", Map.of("name", "x")).then().statusCode(404);
    eve.request().delete(fields + "/name").then().statusCode(404);
    ada.patch(fields + "/colour", Map.of("name", "x")).then().statusCode(404);
    ada.request()
        .contentType(ContentType.JSON)
        .header("If-Match", "\"99\"")
        .body(Map.of("name", "x"))
        .patch(fields + "/name")
        .then()
        .statusCode(412);
  }
}
