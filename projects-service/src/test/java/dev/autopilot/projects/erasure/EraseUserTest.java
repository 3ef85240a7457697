package dev.autopilot.projects.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.autopilot.events.envelope.ReceivedEvent;
import dev.autopilot.projects.AField;
import dev.autopilot.projects.Person;
import dev.autopilot.projects.sql.Sql;
import dev.autopilot.projects.sql.Statement;
import dev.autopilot.testkit.Contracts;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
class EraseUserTest {
  @Inject EraseUser eraseUser;
  @Inject Sql sql;

  @Test
  void whoIsDeletedLeavesNothingBehindAndOthersKeepTheirs() {
    Person ada = Person.anyone();
    Person eve = Person.anyone();
    String hers = ada.database(AField.of("name", "text"));
    String others = eve.database(AField.of("name", "text"));
    ada.record(hers, Map.of("name", "Oak"));
    eve.record(others, Map.of("name", "Elm"));
    long storage =
        sql.number(
            Statement.of("select storage from database where id = ?", UUID.fromString(hers)));

    eraseUser.handle(deletionOf(ada.id()));

    ada.get("/api/databases/" + hers).then().statusCode(404);
    await().untilAsserted(() -> assertThat(count("project where owner_id = ?", ada.id())).isZero());
    assertThat(count("member where user_id = ?", ada.id())).isZero();
    assertThat(count("database where id = ?", UUID.fromString(hers))).isZero();
    assertThat(count("revision where database_id = ?", UUID.fromString(hers))).isZero();
    assertThat(
            sql.number(
                Statement.of(
                    "select count(*) from pg_class where relname = ?", "record_" + storage)))
        .isZero();
    assertThat(eve.records(others).getList("items")).hasSize(1);
  }

  @Test
  void whatOthersSawOfItIsOutOfSightAtOnceAndCannotBeRestored() {
    Person ada = Person.anyone();
    Person eve = Person.anyone();
    String deleted = ada.project();
    String shared = ada.project();
    String database = ada.databaseIn(shared, AField.of("name", "text"));
    ada.post(
            "/api/projects/" + shared + "/members",
            Map.of("userId", eve.id().toString(), "role", "editor"))
        .then()
        .statusCode(201);
    ada.request().delete("/api/projects/" + deleted).then().statusCode(204);

    eraseUser.handle(deletionOf(ada.id()));

    eve.get("/api/projects/" + shared).then().statusCode(404);
    eve.tryRecord(database, Map.of("name", "Oak")).then().statusCode(404);
    ada.request().post("/api/projects/" + deleted + "/restore").then().statusCode(404);
    await().untilAsserted(() -> assertThat(count("project where owner_id = ?", ada.id())).isZero());
  }

  @Test
  void recordsOfOthersLetGoOfThePersonsFilesEvenWhereTheyRequireThem() {
    Person ada = Person.anyone();
    Person eve = Person.anyone();
    String shared = eve.project();
    eve.post(
            "/api/projects/" + shared + "/members",
            Map.of("userId", ada.id().toString(), "role", "editor"))
        .then()
        .statusCode(201);
    String covers = eve.databaseIn(shared, AField.of("cover", "file"));
    String strict = eve.databaseIn(shared, AField.required(AField.of("cover", "file")));
    String deleted = eve.databaseIn(shared, AField.of("cover", "file"));
    String hers = ada.fileIn(shared, "hers.txt");
    String others = eve.fileIn(shared, "others.txt");
    String pointing = eve.record(covers, Map.of("cover", hers)).getString("id");
    String needing = eve.record(strict, Map.of("cover", hers)).getString("id");
    String staying = eve.record(covers, Map.of("cover", others)).getString("id");
    String away = eve.record(deleted, Map.of("cover", hers)).getString("id");
    eve.request().delete("/api/databases/" + deleted).then().statusCode(204);

    eraseUser.handle(deletionOf(ada.id()));

    eve.get("/api/files/" + hers).then().statusCode(404);
    await()
        .untilAsserted(() -> {
          assertThat(count("leaver where user_id = ?", ada.id())).isZero();
          assertThat(count("file where owner_id = ?", ada.id())).isZero();
        });
    eve.request().post("/api/databases/" + deleted + "/restore").then().statusCode(200);
    for (String record : List.of(pointing, needing, away)) {
      eve.get("/api/records/" + record)
          .then()
          .body("values.cover", equalTo(null))
          .body("version", equalTo(2));
    }
    eve.get("/api/records/" + staying).then().body("values.cover", equalTo(others));
    eve.get("/api/files/" + others).then().statusCode(200);
  }

  @Test
  void whatWasOnItsWayWhenThePersonWentGoesToo() {
    Person ada = Person.anyone();
    eraseUser.handle(deletionOf(ada.id()));
    String late = ada.project();

    eraseUser.eraseSome(ada.id(), 1_000);

    ada.get("/api/projects/" + late).then().statusCode(404);
    await().untilAsserted(() -> assertThat(count("project where owner_id = ?", ada.id())).isZero());
  }

  private long count(String from, UUID id) {
    return sql.number(Statement.of("select count(*) from " + from, id));
  }

  private static ReceivedEvent deletionOf(UUID userId) {
    JsonNode golden = Contracts.golden("auth.user.deleted");
    Map<String, String> attributes = new HashMap<>();
    golden
        .get("attributes")
        .properties()
        .forEach(attribute -> attributes.put(attribute.getKey(), attribute.getValue().asText()));
    com.fasterxml.jackson.databind.node.ObjectNode data =
        ((com.fasterxml.jackson.databind.node.ObjectNode) golden.get("data")).deepCopy();
    data.put("userId", userId.toString());
    return ReceivedEvent.of(attributes, data);
  }
}
