package dev.autopilot.projects.bulk;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;

import dev.autopilot.projects.AField;
import dev.autopilot.projects.Person;
import dev.autopilot.projects.sql.Sql;
import dev.autopilot.projects.sql.Statement;
import dev.autopilot.testkit.WithServers;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
class BulkOrderTest {
  private final Person ada = Person.anyone();
  private String database = "";

  @Inject Sql sql;

  @BeforeEach
  void aDatabase() {
    database = ada.database(AField.unique(AField.of("code", "text")));
  }

  /** Somebody holds up both in the middle of it, so that each has begun when they meet. */
  @Test
  void twoWhoInsertTheSameNewKeysInOppositeOrdersBothSucceed() throws Exception {
    try (ExecutorService clients = Executors.newFixedThreadPool(2)) {
      QuarkusTransaction.begin();
      makeInThisTransaction("m");

      Future<Response> one = clients.submit(() -> upsert("a", "m", "z"));
      Future<Response> other = clients.submit(() -> upsert("z", "m", "a"));
      await().atMost(20, SECONDS).until(() -> waiting() == 2);
      QuarkusTransaction.rollback();

      one.get().then().statusCode(200).body("results.record.values.code", contains("a", "m", "z"));
      other
          .get()
          .then()
          .statusCode(200)
          .body("results.record.values.code", contains("z", "m", "a"));
    }
    assertThat(ada.records(database, "sort", "code").getList("items.values.code"))
        .containsExactly("a", "m", "z");
  }

  private Response upsert(String... codes) {
    List<Map<String, String>> values = Stream.of(codes).map(code -> Map.of("code", code)).toList();
    return ada.post(
        "/api/records/bulk",
        Map.of("databaseId", database, "upsert", Map.of("on", "code", "values", values)));
  }

  private long storage() {
    return sql.number(
        Statement.of("select storage from database where id = ?", UUID.fromString(database)));
  }

  private void makeInThisTransaction(String code) {
    int made =
        sql.update(
            Statement.of(
                "insert into record_"
                    + storage()
                    + " select gen_random_uuid(), jsonb_build_object(fields->0->>'slot', ?::text),"
                    + " 1, now(), now(), gen_random_uuid() from database where id = ?",
                code,
                UUID.fromString(database)));
    assertThat(made).isEqualTo(1);
  }

  /** How many inserts into the database's records wait for somebody. */
  private long waiting() {
    return sql.number(
        Statement.of(
            "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                + " and query like ?",
            "insert into record_" + storage() + " %"));
  }
}
