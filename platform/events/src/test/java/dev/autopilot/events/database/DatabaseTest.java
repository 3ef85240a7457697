package dev.autopilot.events.database;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.autopilot.events.testapp.WithRealServers;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URL;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithRealServers
class DatabaseTest {
  @Inject AgroalDataSource pool;
  @Inject DirectConnections connections;
  @Inject Expiry expiry;
  @Inject Flyway flyway;

  @TestHTTPResource(value = "/health/ready", management = true)
  URL readiness;

  @Test
  void anExhaustedPoolIsA503InUnderASecondAndTheServiceStaysReady() throws SQLException {
    given().get("/api/notes/count?text=x").then().statusCode(200);
    List<Connection> all = new ArrayList<>();
    try {
      while (pool.getMetrics().availableCount() > 0 || all.size() < 16) {
        all.add(pool.getConnection());
      }

      // The quickest of a few: the bound is the pool's, the rest is how busy the machine is.
      assertThat(IntStream.range(0, 5).mapToObj(n -> refusal()).min(Duration::compareTo))
          .hasValueSatisfying(took -> assertThat(took).isLessThan(Duration.ofSeconds(1)));
      given().get(readiness).then().statusCode(200);
    } finally {
      for (Connection connection : all) {
        connection.close();
      }
    }
    given().get("/api/notes/count?text=x").then().statusCode(200);
  }

  private static Duration refusal() {
    long start = System.nanoTime();
    given()
        .get("/api/notes/count?text=x")
        .then()
        .statusCode(503)
        .contentType("application/problem+json")
        .header("Retry-After", "1")
        .body("code", equalTo("unavailable"));
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Test
  void theServicesSchemaIsTheOneThatIsUsed() throws SQLException {
    try (Connection connection = pool.getConnection();
        Connection direct = connections.open("test", Duration.ofSeconds(5))) {
      assertThat(one(connection, "select current_schema()")).isEqualTo("probe");
      assertThat(one(direct, "select current_schema()")).isEqualTo("probe");
      assertThat(one(direct, "show application_name")).isEqualTo("events-test test");
    }
  }

  @Test
  void aPlatformMigrationReachesAServiceThatIsFarAhead() throws SQLException {
    try (Connection connection = connections.open("test", Duration.ofSeconds(5))) {
      connection.createStatement().execute("create schema ahead");
      migrate("db/migration");
      assertThat(one(connection, "select to_regclass('ahead.outbox')::text")).isNull();

      migrate("db/events", "db/migration");
      assertThat(one(connection, "select to_regclass('ahead.outbox')::text"))
          .isEqualTo("ahead.outbox");
      connection.createStatement().execute("drop schema ahead cascade");
    }
  }

  @Test
  void aMigrationMayTakeLongerThanAStatementOfARequest() throws SQLException {
    try (Connection migrating = flyway.getConfiguration().getDataSource().getConnection();
        Connection request = pool.getConnection()) {
      assertThat(one(migrating, "show application_name")).isEqualTo("events-test migration");
      assertThat(migrating.getNetworkTimeout()).isGreaterThan(request.getNetworkTimeout());
    }
  }

  private void migrate(String... locations) {
    org.eclipse.microprofile.config.Config config =
        org.eclipse.microprofile.config.ConfigProvider.getConfig();
    Flyway.configure()
        .dataSource(
            config.getValue("quarkus.datasource.jdbc.url", String.class),
            config.getValue("quarkus.datasource.username", String.class),
            config.getValue("quarkus.datasource.password", String.class))
        .defaultSchema("ahead")
        .locations(locations)
        .outOfOrder(config.getValue("quarkus.flyway.out-of-order", boolean.class))
        .load()
        .migrate();
  }

  @Test
  void whatHasExpiredIsDeletedAndNothingElse() throws SQLException {
    try (Connection connection = connections.open("test", Duration.ofSeconds(5));
        Statement statement = connection.createStatement()) {
      statement.execute(
          "insert into inbox select gen_random_uuid(), now() - interval '15 days' from generate_series(1, 2500)");
      statement.execute(
          "insert into inbox values ('00000000-0000-7000-8000-000000000001', now() - interval '13 days')");
      statement.execute(
          "insert into idempotency (user_id, key, request_hash, created_at) values (gen_random_uuid(), 'old', '', now() - interval '25 hours')");

      await()
          .untilAsserted(() -> {
            expiry.clean();
            assertThat(
                    one(
                        connection,
                        "select count(*) from inbox where created_at < now() - interval '14 days'"))
                .isEqualTo("0");
          });

      assertThat(
              one(
                  connection,
                  "select count(*) from inbox where event_id = '00000000-0000-7000-8000-000000000001'"))
          .isEqualTo("1");
      assertThat(one(connection, "select count(*) from idempotency where key = 'old'"))
          .isEqualTo("0");
    }
  }

  private static String one(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
