package dev.autopilot.projects.bulk;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import dev.autopilot.projects.AField;
import dev.autopilot.projects.LargeRecord;
import dev.autopilot.projects.Person;
import dev.autopilot.testkit.Contracts;
import dev.autopilot.testkit.EventProbe;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
class BulkResourceTest {
  private final Person ada = Person.anyone();
  private String database = "";

  @BeforeEach
  void aDatabase() {
    database =
        ada.database(AField.unique(AField.of("code", "text")), AField.of("height", "number"));
  }

  private Response bulk(String rows) {
    return ada.post(
        "/api/records/bulk",
        "{\"databaseId\": \"%s\", %s}".formatted(database, rows.replace('\'', '"')));
  }

  private String record(String code) {
    return ada.record(database, Map.of("code", code)).getString("id");
  }

  private List<String> codes() {
    return ada.records(database, "sort", "code").getList("items.values.code");
  }

  @Test
  void aThousandAreCreatedAtOnceAndEachIsTold() {
    try (EventProbe events = EventProbe.on("projects.events.v1")) {
      List<Map<String, String>> rows =
          IntStream.range(0, 1_000).mapToObj(i -> Map.of("code", "c" + i)).toList();

      ada.post("/api/records/bulk", Map.of("databaseId", database, "create", rows))
          .then()
          .statusCode(200)
          .body("results.size()", equalTo(1_000))
          .body("results[999].record.values.code", equalTo("c999"))
          .body("results[999].record.version", equalTo(1));

      ada.get("/api/databases/" + database).then().body("recordCount", equalTo(1_000));
      List<EventProbe.Event> told =
          events.awaitMany(
              "projects.record.created",
              1_000,
              event -> event.data().path("databaseId").asText().equals(database));
      assertThat(told).hasSize(1_000);
      Contracts.assertKept(told.getLast());
    }
  }

  @Test
  void aClientThatPrefersSoIsToldIdsAlone() {
    String id =
        ada.preferring("respond-async, return=minimal")
            .body(Map.of("databaseId", database, "create", List.of(Map.of("code", "a"))))
            .post("/api/records/bulk")
            .then()
            .statusCode(200)
            .header("Preference-Applied", "return=minimal")
            .body("results[0].status", equalTo("ok"))
            .body("results[0]", not(hasKey("record")))
            .extract()
            .path("results[0].id");

    ada.get("/api/records/" + id).then().body("values.code", equalTo("a"));
  }

  @Test
  void whatWentWrongIsToldWhateverAClientPrefers() {
    record("a");

    ada.preferring("return=minimal")
        .body(
            Map.of("databaseId", database, "atomic", false, "create", List.of(Map.of("code", "a"))))
        .post("/api/records/bulk")
        .then()
        .statusCode(200)
        .body("results[0].problem.code", equalTo("not_unique"));
  }

  @Test
  void allKindsOfChangesGoTogether() {
    String changed = record("a");
    String removed = record("b");
    record("c");

    JsonPath answer =
        bulk("""
        'create': [{'code': 'd'}],
        'update': [{'id': '%s', 'values': {'height': 2}, 'version': 1}],
        'upsert': {'on': 'code', 'values': [{'code': 'c', 'height': 3}, {'code': 'e'}]},
        'delete': ['%s']
        """
                .formatted(changed, removed))
            .then()
            .statusCode(200)
            .body("results.status", contains("ok", "ok", "ok", "ok", "ok"))
            .body("results.operation", contains("create", "update", "upsert", "upsert", "delete"))
            .extract()
            .jsonPath();

    assertThat(answer.getInt("results[1].record.version")).isEqualTo(2);
    assertThat(answer.getInt("results[2].record.values.height")).isEqualTo(3);
    assertThat(codes()).containsExactly("a", "c", "d", "e");
  }

  @Test
  void atomicallyOneWrongRowStopsThemAll() {
    String other = record("a");

    bulk("""
    'create': [{'code': 'b'}, {'code': 'a'}, {'height': 'tall'}],
    'update': [{'id': '%s', 'values': {'height': 'small'}}],
    'upsert': {'on': 'code', 'values': [{'code': 'c', 'height': 'vast'}]}
    """
            .formatted(other))
        .then()
        .statusCode(422)
        .contentType("application/problem+json")
        .body(
            "errors.pointer",
            containsInAnyOrder(
                "/create/1/code",
                "/create/2/height",
                "/update/0/values/height",
                "/upsert/values/0/height"));

    assertThat(codes()).containsExactly("a");
    ada.get("/api/records/" + other).then().body("version", equalTo(1));
  }

  @Test
  void otherwiseEachRowIsForItself() {
    String first = record("a");
    String second = record("b");

    bulk("""
    'atomic': false,
    'create': [{'code': 'c'}, {'code': 'c'}, {'code': 5}],
    'update': [
      {'id': '%s', 'values': {'code': 'b'}},
      {'id': '%s', 'values': {'height': 7}},
      {'id': '%s', 'values': {'height': 8}},
      {'id': '%s', 'values': {'height': 9}, 'version': 4}],
    'upsert': {'on': 'code', 'values': [{'code': 'd'}, {'height': 1}]},
    'delete': ['%s']
    """
            .formatted(first, second, UUID.randomUUID(), second, UUID.randomUUID()))
        .then()
        .statusCode(200)
        .body(
            "results.status",
            contains("ok", "error", "error", "error", "ok", "error", "error", "ok", "ok", "error"))
        .body("results[1].problem.code", equalTo("not_unique"))
        .body("results[2].problem.errors[0].pointer", equalTo("/values/code"))
        .body("results[3].problem.code", equalTo("not_unique"))
        .body("results[5].problem.code", equalTo("not_found"))
        .body("results[6].problem.code", equalTo("conflict"))
        .body("results[9].problem.code", equalTo("not_found"));

    ada.get("/api/records/" + first).then().body("values.code", equalTo("a"));
    ada.get("/api/records/" + second).then().body("values.height", equalTo(7));
  }

  @Test
  void amongManyOneThatIsNotUniqueIsTheOnlyOneLeftOut() {
    record("c7");
    List<Map<String, String>> rows =
        IntStream.range(0, 200).mapToObj(i -> Map.of("code", "c" + i % 199)).toList();

    try (EventProbe events = EventProbe.on("projects.events.v1")) {
      JsonPath answer =
          ada.post(
                  "/api/records/bulk",
                  Map.of("databaseId", database, "atomic", false, "create", rows))
              .then()
              .statusCode(200)
              .body("results[7].problem.code", equalTo("not_unique"))
              .body("results[199].problem.code", equalTo("not_unique"))
              .extract()
              .jsonPath();

      assertThat(answer.getList("results.findAll { it.status == 'ok' }")).hasSize(198);
      ada.get("/api/databases/" + database).then().body("recordCount", equalTo(199));
      assertThat(
              events.awaitMany(
                  "projects.record.created",
                  198,
                  event ->
                      event.data().path("databaseId").asText().equals(database)
                          && !event.data().at("/values/code").asText().equals("c7")))
          .hasSize(198);
    }
  }

  @Test
  void ofManyWhoUpsertTheSameNewKeyAtOnceOneMakesTheRecordAndTheOthersChangeIt() throws Exception {
    int many = 8;
    CyclicBarrier together = new CyclicBarrier(many);
    try (ExecutorService clients = Executors.newFixedThreadPool(many)) {
      for (int round = 0; round < 5; round++) {
        String code = "new" + round;
        List<Callable<Response>> upserts =
            IntStream.range(0, many)
                .<Callable<Response>>mapToObj(i ->
                    () -> {
                      int _ = together.await();
                      return bulk(
                          "'upsert': {'on': 'code', 'values': [{'code': '%s', 'height': %d}]}"
                              .formatted(code, i));
                    })
                .toList();

        for (Future<Response> answer : clients.invokeAll(upserts)) {
          answer.get().then().statusCode(200).body("results[0].record.values.code", equalTo(code));
        }

        assertThat(ada.<String>found(database, "code", "code = '%s'".formatted(code))).hasSize(1);
        JsonPath made = ada.records(database, "filter", "code = '%s'".formatted(code));
        assertThat(made.getInt("items[0].version")).isEqualTo(many);
      }
    }
  }

  @Test
  void recordsAreMadeInTheOrderOfTheRequestWhateverTheirKeys() {
    bulk("'create': [{'code': 'c'}, {'code': 'a'}, {'code': 'b'}]").then().statusCode(200);

    assertThat(ada.records(database).getList("items.values.code")).containsExactly("c", "a", "b");
  }

  @Test
  void whatIsTooLargeForOneRequestIsRefusedAndGoesInTwo() {
    database = ada.database(LargeRecord.fields(AField.unique(AField.of("code", "text"))));
    List<String> ids =
        IntStream.range(0, 16)
            .mapToObj(i -> ada.record(database, LargeRecord.values(i, Map.of("code", "c" + i))))
            .map(record -> record.getString("id"))
            .toList();

    for (String request :
        List.of(
            "'atomic': false, 'delete': " + json(ids),
            "'upsert': {'on': 'code', 'values': [%s]}"
                .formatted(
                    IntStream.range(0, 16)
                        .mapToObj("{'code': 'c%d', 'a': 'short'}"::formatted)
                        .collect(joining(","))))) {
      bulk(request).then().statusCode(422).body("code", equalTo("too_much_at_once"));
    }
    ada.get("/api/records/" + ids.getFirst()).then().body("version", equalTo(1));

    String updates =
        ids.subList(0, 8).stream()
            .map("{'id': '%s', 'values': {'a': 'short'}}"::formatted)
            .collect(joining(","));
    bulk("'update': [" + updates + "]")
        .then()
        .statusCode(200)
        .body("results.record.version", everyItem(equalTo(2)));
    bulk("'delete': " + json(ids.subList(0, 8))).then().statusCode(200);
    bulk("'delete': " + json(ids.subList(8, 16))).then().statusCode(200);
    assertThat(codes()).isEmpty();
  }

  private static String json(List<String> ids) {
    return ids.stream().map("'%s'"::formatted).collect(joining(",", "[", "]"));
  }

  @Test
  void defaultsCountTowardsWhatIsTooLarge() {
    database = ada.database(AField.of("text", "long_text", Map.of("default", "x".repeat(90_000))));

    bulk("'create': [" + "{},".repeat(99) + "{}]")
        .then()
        .statusCode(422)
        .body("code", equalTo("too_much_at_once"));
    bulk("'create': [" + "{},".repeat(39) + "{}]").then().statusCode(200);

    ada.get("/api/databases/" + database).then().body("recordCount", equalTo(40));
  }

  @Test
  void twoRowsOfOneRequestWithTheSameNewKeyDontOverwriteEachOther() {
    bulk("""
    'atomic': false,
    'upsert': {'on': 'code', 'values': [{'code': 'a', 'height': 1}, {'code': 'a', 'height': 2}]}
    """)
        .then()
        .statusCode(200)
        .body("results.status", contains("ok", "error"))
        .body("results[1].problem.code", equalTo("not_unique"));
  }

  @Test
  void whatIsNoBulkIsRefused() {
    bulk("'create': []").then().statusCode(422);
    bulk("'create': [5]").then().statusCode(422);
    bulk("'upsert': {'on': 'height', 'values': [{}]}")
        .then()
        .statusCode(422)
        .body("errors.pointer", contains("/upsert/on"));
    bulk("'create': [" + "{},".repeat(1_000) + "{}]").then().statusCode(422);
    assertThat(codes()).isEmpty();
    Person.anyone()
        .post("/api/records/bulk", Map.of("databaseId", database, "create", List.of(Map.of())))
        .then()
        .statusCode(404);
  }
}
