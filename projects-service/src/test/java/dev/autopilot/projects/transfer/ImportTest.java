package dev.autopilot.projects.transfer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.autopilot.projects.AField;
import dev.autopilot.projects.Person;
import dev.autopilot.projects.sql.Sql;
import dev.autopilot.projects.sql.Statement;
import dev.autopilot.testkit.Contracts;
import dev.autopilot.testkit.EventProbe;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
class ImportTest {
  private final Person ada = Person.anyone();

  @Inject Sql sql;
  @Inject RunImport runImport;

  private String plants() {
    return ada.database(
        AField.required(AField.of("name", "text")),
        AField.unique(AField.of("code", "text")),
        AField.of("height", "number"),
        AField.of("sown", "date"));
  }

  private Response upload(String database, String csv, Object... parameters) {
    var request = ada.request().contentType("text/csv; charset=utf-8").body(csv);
    for (int i = 0; i < parameters.length; i += 2) {
      request.queryParam((String) parameters[i], parameters[i + 1]);
    }
    return request.post("/api/databases/" + database + "/import");
  }

  private JsonPath finished(String job) {
    await()
        .atMost(30, SECONDS)
        .until(() -> ada.get("/api/imports/" + job).path("finishedAt") != null);
    return ada.get("/api/imports/" + job).jsonPath();
  }

  @Test
  void aFileBecomesRecordsAndEachIsTold() {
    try (EventProbe events = EventProbe.on("projects.events.v1")) {
      String database = plants();
      String csv =
          """
          \uFEFFName,code,height,sown,colour\r
          "Oak, English",a,20.5,2020-04-01,green\r
          "Rose
          red",b,,,\r
          """;

      String job = upload(database, csv).then().statusCode(202).extract().path("id");

      JsonPath done = finished(job);
      assertThat(done.getString("status")).isEqualTo("succeeded");
      assertThat(done.getInt("total")).isEqualTo(2);
      assertThat(done.getInt("done")).isEqualTo(2);
      assertThat(done.getInt("failed")).isZero();
      assertThat(ada.records(database).<String>getList("items.values.name"))
          .containsExactly("Oak, English", "Rose\nred");
      assertThat(events.awaitMany("projects.record.created", 2, e -> mine(e, database)))
          .allSatisfy(Contracts::assertKept);
      EventProbe.Event end = events.await("projects.import.finished", e -> e.key().equals(job));
      Contracts.assertKept(end);
      assertThat(end.data().get("done").asInt()).isEqualTo(2);
    }
  }

  private static boolean mine(EventProbe.Event event, String database) {
    return event.data().path("databaseId").asText().equals(database);
  }

  @Test
  void rowsThatAreWrongAreToldAndTheOthersImported() {
    String database = plants();
    ada.record(database, Map.of("name", "Elm", "code", "taken"));
    String csv =
        """
        name;code;height;sown
        Oak;a;tall;2020-04-01
        ;b;1;2020-13-01
        Ash;taken;;
        Yew;c;;
        Fir;c;;
        Box;d;1;2020-01-01;more
        """;

    JsonPath done = finished(upload(database, csv).path("id"));

    assertThat(done.getString("status")).isEqualTo("succeeded");
    assertThat(done.getInt("done")).isEqualTo(1);
    assertThat(done.getInt("failed")).isEqualTo(5);
    assertThat(ada.records(database).<String>getList("items.values.name"))
        .containsExactly("Elm", "Yew");
    Response errors = ada.get("/api/imports/" + done.getString("id") + "/errors");
    assertThat(errors.contentType()).startsWith("text/csv");
    assertThat(errors.asString().lines())
        .containsExactly(
            "line,field,message",
            "2,height,Expected a number.",
            "3,name,A value is required.",
            "3,sown,Expected a date such as 2026-01-31.",
            "4,code,Another record holds this value.",
            "6,code,Another record holds this value.",
            "7,,More cells than the header has columns.");
  }

  @Test
  void columnsGoWhereTheMappingSays() {
    String database = plants();

    JsonPath done =
        finished(
            upload(database, "Pflanze,Code\nEiche,x\n", "mapping", "{\"Pflanze\": \"name\"}")
                .path("id"));

    assertThat(done.getInt("done")).isEqualTo(1);
    JsonPath records = ada.records(database);
    assertThat(records.getString("items[0].values.name")).isEqualTo("Eiche");
    assertThat(records.getString("items[0].values.code")).isNull();
  }

  @Test
  void jsonLinesAndFormsAreTakenToo() {
    String database = plants();
    String lines = "{\"name\": \"Oak\", \"height\": 3}\n\nnonsense\n{\"name\": \"Elm\"}\n";

    JsonPath fromLines =
        finished(
            ada.request()
                .contentType("application/x-ndjson")
                .body(lines.getBytes(UTF_8))
                .post("/api/databases/" + database + "/import")
                .path("id"));
    JsonPath fromForm =
        finished(
            ada.request()
                .multiPart("file", "plants.csv", "name\nAsh\n".getBytes(UTF_8), "text/csv")
                .post("/api/databases/" + database + "/import")
                .path("id"));

    assertThat(fromLines.getInt("done")).isEqualTo(2);
    assertThat(fromLines.getInt("failed")).isEqualTo(1);
    assertThat(fromForm.getInt("done")).isEqualTo(1);
    assertThat(ada.records(database).<String>getList("items.values.name"))
        .containsExactly("Oak", "Elm", "Ash");
  }

  private static final java.nio.charset.Charset UTF_8 = java.nio.charset.StandardCharsets.UTF_8;

  @Test
  void whatCannotBeImportedIsRefusedAndLeavesNothing() {
    String database = plants();
    upload(database, "").then().statusCode(422).body("errors[0].pointer", equalTo("/file"));
    upload(database, "colour\nred\n").then().statusCode(422);
    upload(database, "name,name\na,b\n").then().statusCode(422);
    upload(database, "name\nOak\n", "mapping", "{\"name\": \"colour\"}").then().statusCode(422);
    for (String mapping : new String[] {"[]", "null", "{\"name\": null}", "nonsense"}) {
      upload(database, "name\nOak\n", "mapping", mapping)
          .then()
          .statusCode(422)
          .body("errors[0].pointer", equalTo("/mapping"));
    }
    ada.request()
        .contentType("application/pdf")
        .body("name".getBytes(UTF_8))
        .post("/api/databases/" + database + "/import")
        .then()
        .statusCode(415);

    JsonPath broken = finished(upload(database, "name\nOak\n\"Elm").path("id"));
    assertThat(broken.getString("status")).isEqualTo("failed");
    assertThat(broken.getString("problem")).contains("line 3");
    assertThat(ada.records(database).getList("items")).isEmpty();
    assertThat(partsWithoutJob()).isZero();
  }

  @Test
  void aDryRunTellsWhatAFileHoldsAndImportsNothing() {
    String database = plants();

    upload(
            database,
            "name,height,sown,edible\nOak,20.5,2020-01-01,yes\nElm,,2021-01-01,no\n",
            "dryRun",
            "true")
        .then()
        .statusCode(200)
        .body("columns.name", org.hamcrest.Matchers.contains("name", "height", "sown", "edible"))
        .body("columns.type", org.hamcrest.Matchers.contains("text", "number", "date", "boolean"))
        .body("rows[0].name", equalTo("Oak"));

    assertThat(ada.records(database).getList("items")).isEmpty();
  }

  @Test
  void aFileThatIsSentAgainWithItsKeyIsImportedOnce() {
    String database = plants();
    String key = UUID.randomUUID().toString();

    Response first = uploadOnce(database, key, "name\nOak\n");
    Response again = uploadOnce(database, key, "name\nOak\n");

    first.then().statusCode(202).header("Idempotency-Replayed", (String) null);
    again
        .then()
        .statusCode(202)
        .header("Idempotency-Replayed", "true")
        .header("Location", first.header("Location"));
    assertThat(again.asByteArray()).isEqualTo(first.asByteArray());
    uploadOnce(database, key, "name\nElm\n")
        .then()
        .statusCode(422)
        .body("code", equalTo("idempotency_key_reused"));
    finished(first.path("id"));
    assertThat(jobsOf(database)).isEqualTo(1);
    assertThat(ada.found(database, "name", "name != ''")).containsExactly("Oak");
    assertThat(partsWithoutJob()).isZero();
  }

  @Test
  void theSameFileFromTenAtOnceIsImportedOnce() throws Exception {
    String database = plants();
    String key = UUID.randomUUID().toString();
    Callable<Response> request = () -> uploadOnce(database, key, "name\nOak\n");

    try (ExecutorService clients = Executors.newFixedThreadPool(10)) {
      for (Future<Response> answer : clients.invokeAll(Collections.nCopies(10, request))) {
        answer.get().then().statusCode(202);
      }
    }

    assertThat(jobsOf(database)).isEqualTo(1);
  }

  private Response uploadOnce(String database, String key, String csv) {
    return ada.request()
        .header("Idempotency-Key", key)
        .multiPart("file", "plants.csv", csv.getBytes(UTF_8), "text/csv")
        .post("/api/databases/" + database + "/import");
  }

  private long jobsOf(String database) {
    return sql.number(
        Statement.of(
            "select count(*) from import where database_id = ?", UUID.fromString(database)));
  }

  private long partsWithoutJob() {
    return sql.number(
        Statement.of(
            "select count(*) from import_part p where not exists"
                + " (select from import i where i.id = p.import_id and finished_at is null)"));
  }

  @Test
  void ofManyErrorsTheFirstAreListedAndTheOthersCounted() {
    String database = plants();
    String csv = "height,name\n1,Oak\n" + "tall,\n".repeat(6_000);

    JsonPath done = finished(upload(database, csv).path("id"));

    assertThat(done.getInt("done")).isEqualTo(1);
    assertThat(done.getInt("failed")).isEqualTo(6_000);
    List<String> errors =
        ada.get("/api/imports/" + done.getString("id") + "/errors").asString().lines().toList();
    assertThat(errors).hasSize(10_002);
    assertThat(errors.get(1)).startsWith("3,");
    assertThat(errors.get(10_000)).startsWith("5002,");
    assertThat(errors.getLast()).isEqualTo(",,2000 more errors are not listed.");
  }

  @Test
  void rowsAreWrittenInChunksOfAFewMegabytes() {
    String database = ada.database(AField.of("text", "long_text"), AField.of("number", "number"));
    String csv = "text,number\n" + ("x".repeat(90_000) + ",1\n").repeat(100);

    assertThat(finished(upload(database, csv).path("id")).getInt("done")).isEqualTo(100);

    assertThat(
            sql.number(
                Statement.of(
                    "select count(distinct changed_at) from revision where database_id = ?",
                    UUID.fromString(database))))
        .as("one time for each transaction, of some four megabytes")
        .isEqualTo(3);
  }

  @Test
  void onePersonHasOnlySoManyImportsUnderWay() {
    String database = plants();
    for (int i = 0; i < 5; i++) {
      sql.update(
          Statement.of(
              "insert into import (id, database_id, requested_by, status, format, mapping,"
                  + " leased_until, created_at) values (?, ?, ?, 'running', 'csv', '{}',"
                  + " now() + interval '1 hour', now())",
              UUID.randomUUID(),
              UUID.fromString(database),
              ada.id()));
    }

    upload(database, "name\nOak\n")
        .then()
        .statusCode(429)
        .header("Retry-After", "10")
        .body("code", equalTo("too_many_imports"));
    sql.update(
        Statement.of(
            "update import set status = 'failed' where database_id = ?",
            UUID.fromString(database)));

    assertThat(finished(upload(database, "name\nOak\n").path("id")).getInt("done")).isEqualTo(1);
  }

  @Test
  void somebodyElsesImportIsNotThere() {
    String database = plants();
    String job = upload(database, "name\nOak\n").path("id");
    Person eve = Person.anyone();

    eve.get("/api/imports/" + job).then().statusCode(404);
    eve.get("/api/imports/" + job + "/errors").then().statusCode(404);
    eve.request()
        .contentType("text/csv")
        .body("name\nOak\n")
        .post("/api/databases/" + database + "/import")
        .then()
        .statusCode(404);
  }

  @Test
  void aTakeOverGoesOnBehindTheLastRowThatCounts() throws Exception {
    String database = plants();
    StringBuilder csv = new StringBuilder("name,code\n");
    for (int i = 0; i < 3_500; i++) {
      csv.append("Plant ").append(i).append(',').append(i).append('\n');
    }
    String id = upload(database, csv.toString()).path("id");
    finished(id);
    UUID importId = UUID.fromString(id);
    // As a crash after two chunks leaves it: two thousand rows count, the lease has run out.
    sql.update(
        Statement.of(
            "update import set status = 'running', finished_at = null, position = 2000, done = 2000,"
                + " leased_until = now() + interval '1 hour', worker = ? where id = ?",
            UUID.randomUUID(),
            importId));
    restore(importId, csv.toString());
    UUID dead = UUID.randomUUID();
    UUID survivor = UUID.randomUUID();
    sql.update(Statement.of("update import set worker = ? where id = ?", survivor, importId));
    ImportJob job =
        new ImportJob(
            importId,
            UUID.fromString(database),
            ada.id(),
            ada.id(),
            Format.CSV,
            new Mapping(Map.of("name", "name")),
            3_500L,
            2_000,
            1);

    // Whoever was thought dead writes on, and must not have an effect.
    runImport.run(job, dead);
    assertThat(ada.get("/api/databases/" + database).<Integer>path("recordCount")).isEqualTo(3_500);

    runImport.run(job, survivor);
    JsonPath done = ada.get("/api/imports/" + id).jsonPath();
    assertThat(done.getInt("done")).isEqualTo(3_500);
    assertThat(done.getString("status")).isEqualTo("succeeded");
    assertThat(ada.get("/api/databases/" + database).<Integer>path("recordCount"))
        .as("the first 3500, and the 1500 that the survivor read again")
        .isEqualTo(5_000);
    assertThat(ada.found(database, "name", "name = 'Plant 1999'")).hasSize(1);
    assertThat(ada.found(database, "name", "name = 'Plant 2000'")).hasSize(2);
  }

  @Test
  void whatFailsForReasonsOfOursIsGivenUpAndHoldsNobodyUp() {
    String database = plants();
    String table =
        "record_"
            + sql.number(
                Statement.of(
                    "select storage from database where id = ?", UUID.fromString(database)));
    sql.execute(Statement.of("alter table " + table + " rename to lost_" + table));
    String id = upload(database, "name\nOak\n", "mapping", "{\"name\": \"name\"}").path("id");
    await()
        .atMost(30, SECONDS)
        .until(() -> ada.get("/api/imports/" + id).path("status").equals("running"));

    assertThat(finished(upload(plants(), "name\nElm\n").path("id")).getInt("done")).isEqualTo(1);
    sql.update(
        Statement.of(
            "update import set attempts = 5, leased_until = null where id = ?",
            UUID.fromString(id)));

    JsonPath given = finished(id);
    assertThat(given.getString("status")).isEqualTo("failed");
    assertThat(given.getString("problem")).isEqualTo("It failed again and again behind row 0.");
  }

  private void restore(UUID importId, String csv) {
    sql.update(
        Statement.of(
            "insert into import_part (import_id, number, content) values (?, 0, ?)",
            importId,
            csv.getBytes(UTF_8)));
  }
}
