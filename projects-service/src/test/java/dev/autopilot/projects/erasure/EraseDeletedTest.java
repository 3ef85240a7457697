package dev.autopilot.projects.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autopilot.projects.AField;
import dev.autopilot.projects.Person;
import dev.autopilot.projects.sql.Sql;
import dev.autopilot.projects.sql.Statement;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
class EraseDeletedTest {
  private final Person ada = Person.anyone();

  @Inject EraseDeleted eraseDeleted;
  @Inject Sql sql;

  @Test
  void whatIsDeletedIsErasedAfterThirtyDaysAndNotBefore() {
    UUID early = deletedFor("29 days");
    UUID due = deletedFor("31 days");

    eraseDeleted.eraseAll();

    assertThat(count("database where project_id = ?", due)).isZero();
    assertThat(count("project where id = ?", due)).isZero();
    assertThat(count("database where project_id = ?", early)).isEqualTo(1);
  }

  @Test
  void whatCannotBeErasedKeepsNothingElseFromItAndIsErasedLater() {
    UUID stuck = deletedFor("33 days");
    UUID due = deletedFor("31 days");
    long storage =
        sql.number(Statement.of("select storage from database where project_id = ?", stuck));
    sql.execute(Statement.of("create view in_the_way as select * from record_" + storage));

    assertThatThrownBy(eraseDeleted::eraseAll).hasMessageContaining("database ");

    assertThat(count("project where id = ?", due)).isZero();
    assertThat(count("project where id = ?", stuck)).isEqualTo(1);
    ada.request().post("/api/projects/" + stuck + "/restore").then().statusCode(404);
    assertThat(ada.get("/api/projects", "deleted", true).jsonPath().<String>getList("items.id"))
        .doesNotContain(stuck.toString());

    sql.execute(Statement.of("drop view in_the_way"));
    eraseDeleted.eraseAll();

    assertThat(count("project where id = ?", stuck)).isZero();
  }

  @Test
  void aDatabaseIsErasedWithAllThatHangsOnItHoweverManyRowsThatAre() {
    String project = ada.project();
    String database = ada.databaseIn(project, AField.of("name", "text"));
    UUID id = UUID.fromString(database);
    sql.update(
        Statement.of(
            "insert into revision (record_id, version, database_id, operation, data, changed,"
                + " changed_by, changed_at) select uuidv7(), 1, ?, 'created', '{}', '{}', uuidv7(),"
                + " now() from generate_series(1, 12001)",
            id));
    long storage = sql.number(Statement.of("select storage from database where id = ?", id));
    sql.update(
        Statement.of(
            "insert into record_"
                + storage
                + " select uuidv7(), '{}', 1, now(), now(), uuidv7()"
                + " from generate_series(1, 6001)"));
    sql.update(
        Statement.of(
            "insert into link (source_id, field, target_id, database_id)"
                + " select id, 1, uuidv7(), ? from record_"
                + storage,
            id));
    ada.request().delete("/api/databases/" + database).then().statusCode(204);
    sql.update(
        Statement.of(
            "update database set deleted_at = now() - interval '31 days' where id = ?", id));

    eraseDeleted.eraseAll();

    assertThat(count("database where id = ?", id)).isZero();
    assertThat(count("revision where database_id = ?", id)).isZero();
    assertThat(count("link where database_id = ?", id)).isZero();
  }

  private UUID deletedFor(String age) {
    String project = ada.project();
    ada.record(ada.databaseIn(project, AField.of("name", "text")), Map.of("name", "Oak"));
    ada.request().delete("/api/projects/" + project).then().statusCode(204);
    sql.update(
        Statement.of(
            "update project set deleted_at = now() - ?::text::interval where id = ?",
            age,
            UUID.fromString(project)));
    return UUID.fromString(project);
  }

  @Test
  void oldVersionsAreForgottenExceptTheNewest() {
    String database = ada.database(AField.of("name", "text"));
    String path = "/api/records/" + ada.record(database, Map.of("name", "Oak")).getString("id");
    ada.patch(path, Map.of("values", Map.of("name", "Elm"))).then().statusCode(200);
    sql.update(
        Statement.of(
            "update revision set changed_at = now() - interval '400 days' where database_id = ?",
            UUID.fromString(database)));
    sql.update(
        Statement.of(
            "update database set created_at = now() - interval '400 days' where id = ?",
            UUID.fromString(database)));

    eraseDeleted.forgetHistory();

    assertThat(ada.get(path + "/history").jsonPath().<Integer>getList("items.version"))
        .containsExactly(2);
    ada.get(path).then().statusCode(200);
  }

  private long count(String from, UUID id) {
    return sql.number(Statement.of("select count(*) from " + from, id));
  }
}
