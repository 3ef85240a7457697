package dev.autopilot.projects.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.projects.AField;
import dev.autopilot.projects.Person;
import dev.autopilot.projects.sql.Sql;
import dev.autopilot.projects.sql.Statement;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is due can be restored until it is erased; whoever comes first has it whole. */
@QuarkusTest
@WithServers
class RestoreOrEraseTest {
  private static final int MANY = 24;

  private final Person ada = Person.anyone();

  @Inject EraseDeleted eraseDeleted;
  @Inject Sql sql;

  @ParameterizedTest
  @ValueSource(strings = {"project", "database"})
  void whatIsRestoredWhileItIsErasedIsThereWithAllItHoldsOrIsGoneAltogether(String what)
      throws Exception {
    Map<String, String> recordByDeleted = new LinkedHashMap<>();
    for (int i = 0; i < MANY; i++) {
      String project = ada.project();
      String database = ada.databaseIn(project, AField.of("name", "text"));
      String record = ada.record(database, Map.of("name", "Oak")).getString("id");
      String deleted = what.equals("project") ? project : database;
      ada.request().delete("/api/" + what + "s/" + deleted).then().statusCode(204);
      sql.update(
          Statement.of(
              "update " + what + " set deleted_at = now() - interval '31 days' where id = ?",
              UUID.fromString(deleted)));
      recordByDeleted.put(deleted, record);
    }

    // The eraser works from the oldest deletion on, the restorers come towards it.
    List<String> all = new ArrayList<>(recordByDeleted.keySet());
    Map<String, Integer> answers = new LinkedHashMap<>();
    CountDownLatch begin = new CountDownLatch(1);
    try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
      Future<?> erasing =
          pool.submit(() -> {
            begin.await();
            eraseDeleted.eraseAll();
            return null;
          });
      Map<String, Future<Integer>> restoring = new LinkedHashMap<>();
      for (String deleted : all.reversed()) {
        restoring.put(
            deleted,
            pool.submit(() -> {
              begin.await();
              return ada.request().post("/api/" + what + "s/" + deleted + "/restore").statusCode();
            }));
      }
      begin.countDown();
      erasing.get();
      for (var restored : restoring.entrySet()) {
        answers.put(restored.getKey(), restored.getValue().get());
      }
    }
    eraseDeleted.eraseAll();

    assertThat(answers.values()).isSubsetOf(200, 404);
    answers.forEach((id, answer) -> {
      ada.get("/api/" + what + "s/" + id).then().statusCode(answer);
      ada.get("/api/records/" + recordByDeleted.get(id)).then().statusCode(answer);
      assertThat(
              sql.number(
                  Statement.of(
                      "select count(*) from " + what + " where id = ?", UUID.fromString(id))))
          .isEqualTo(answer == 200 ? 1 : 0);
    });
  }
}
