package dev.autopilot.projects.erasure;

import static org.assertj.core.api.Assertions.assertThat;

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

    eraseDeleted.eraseAll();

    assertThat(ada.get(path + "/history").jsonPath().<Integer>getList("items.version"))
        .containsExactly(2);
    ada.get(path).then().statusCode(200);
  }

  private long count(String from, UUID id) {
    return sql.number(Statement.of("select count(*) from " + from, id));
  }
}
