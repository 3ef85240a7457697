package dev.autopilot.dashboard.stats;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.autopilot.dashboard.Dashboard;
import dev.autopilot.dashboard.Gardener;
import dev.autopilot.kernel.Ids;
import dev.autopilot.testkit.OtherServices;
import dev.autopilot.testkit.Tokens;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
@WithServers
class StatsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final OtherServices others = OtherServices.speaking();
  private final Dashboard mine = Dashboard.ofSomebodyNew();
  private final String me = mine.user().toString();
  private final Gardener garden = new Gardener(others, mine.user());

  @AfterEach
  void close() {
    others.close();
  }

  @Test
  void whoHasNothingHasNothingOfEverything() {
    given()
        .auth()
        .oauth2(mine.token())
        .get("/api/dashboard/stats")
        .then()
        .statusCode(200)
        .body(
            equalTo(
                "{\"users\":0,\"sessions\":0,\"messages\":0,\"tokens\":0,\"cost\":0,"
                    + "\"projects\":0,\"databases\":0,\"records\":0,\"files\":0,\"workflows\":0,"
                    + "\"executions\":{\"total\":0,\"succeeded\":0,\"failed\":0,\"running\":0},"
                    + "\"integrations\":0,\"webhooks\":0}"));
  }

  @Test
  void everyServicesEventsAreCounted() {
    garden.tell("auth.user.registered", me, Map.of("userId", me, "name", "Ann", "role", "user"));
    garden.tell("chat.session.created", "s", Map.of("sessionId", "s", "title", "Spring"));
    garden.tell("workflow.workflow.created", "w", Map.of("workflowId", "w", "name", "Weekly"));
    garden.tell("integration.endpoint.created", "e", Map.of("endpointId", "e", "name", "Pushes"));
    UUID project = garden.project();
    garden.record(garden.database(project), project, "created");

    JsonPath stats =
        mine.awaitStats(now ->
            now.getInt("users") == 1
                && now.getInt("sessions") == 1
                && now.getInt("workflows") == 1
                && now.getInt("webhooks") == 1
                && now.getInt("projects") == 1
                && now.getInt("databases") == 1
                && now.getInt("records") == 1);
    assertThat(stats.getInt("files")).isZero();
  }

  @Test
  void anEventThatComesTwiceCountsOnce() {
    Map<String, String> attributes =
        Map.of(
            "specversion", "1.0",
            "id", Ids.next().toString(),
            "source", "/chat",
            "type", "chat.session.created",
            "subject", "twice",
            "time", Instant.now().toString(),
            "datacontenttype", "application/json",
            "aggregateversion", "0",
            "userid", me);
    others.tell(attributes, JSON.valueToTree(Map.of("sessionId", "twice", "title", "Once")));
    others.tell(attributes, JSON.valueToTree(Map.of("sessionId", "twice", "title", "Once")));
    // Of the same key, so it is handled after both.
    garden.tell("chat.session.changed", "twice", Map.of("sessionId", "twice", "title", "Twice"));

    mine.awaitActivity(all -> all.getList("items").size() >= 2);
    assertThat(mine.stats().getInt("sessions")).isEqualTo(1);
    assertThat(mine.activity().getList("items")).hasSize(2);
  }

  @Test
  void whatIsDeletedIsTakenAway() {
    UUID project = garden.project();
    UUID database = garden.database(project);
    for (int i = 0; i < 3; i++) {
      garden.record(database, project, "created");
    }
    mine.awaitStats(now -> now.getInt("records") == 3);

    garden.record(database, project, "deleted");

    mine.awaitStats(now -> now.getInt("records") == 2);
  }

  @Test
  void withAProjectEndsAllThatItHeldThoughNobodySaysSo() {
    UUID project = garden.project();
    UUID database = garden.database(project);
    garden.record(database, project, "created");
    UUID other = garden.project();
    garden.record(garden.database(other), other, "created");
    mine.awaitStats(now -> now.getInt("records") == 2 && now.getInt("databases") == 2);

    garden.project(project, "deleted");

    mine.awaitStats(now ->
        now.getInt("records") == 1 && now.getInt("databases") == 1 && now.getInt("projects") == 1);
  }

  @Test
  void whatIsToldOfADatabaseAfterItsEndNoLongerCounts() {
    UUID project = garden.project();
    UUID database = garden.database(project);
    mine.awaitStats(now -> now.getInt("databases") == 1);
    garden.database(database, project, "deleted");
    mine.awaitStats(now -> now.getInt("databases") == 0);

    garden.record(database, project, "created");
    mine.awaitActivity(all -> all.getList("items.type").contains("projects.record.created"));

    assertThat(mine.stats().getInt("records")).isZero();
  }

  @Test
  void thousandsOfRecordsAreCountedInSeconds() {
    UUID project = garden.project();
    UUID database = garden.database(project);
    mine.awaitStats(now -> now.getInt("databases") == 1);
    Instant begin = Instant.now();

    for (int i = 0; i < 5_000; i++) {
      garden.record(database, project, "created");
    }

    mine.awaitStats(now -> now.getInt("records") == 5_000);
    assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(15));
  }

  @Test
  void anotherPersonsAreNotMine() {
    garden.project();
    mine.awaitStats(now -> now.getInt("projects") == 1);

    assertThat(Dashboard.ofSomebodyNew().stats().getInt("projects")).isZero();
  }

  @Test
  void anAdminSeesEverybodysWhenAsking() {
    garden.project();
    mine.awaitStats(now -> now.getInt("projects") == 1);
    Dashboard admin = Dashboard.ofAnAdmin();

    assertThat(admin.stats().getInt("projects")).isZero();
    assertThat(admin.get("/api/dashboard/stats?scope=all").getInt("projects")).isPositive();
  }

  @Test
  void nobodyElseMayAskForEverybodys() {
    given()
        .auth()
        .oauth2(mine.token())
        .get("/api/dashboard/stats?scope=all")
        .then()
        .statusCode(403)
        .contentType("application/problem+json")
        .body("code", equalTo("forbidden"));
  }

  @Test
  void anUnknownScopeIsRefused() {
    given()
        .auth()
        .oauth2(mine.token())
        .get("/api/dashboard/stats?scope=theirs")
        .then()
        .statusCode(422)
        .body("code", equalTo("validation_failed"))
        .body("errors[0].pointer", equalTo("/scope"));
  }

  @Test
  void aTokenForOtherThingsIsRefused() {
    given()
        .auth()
        .oauth2(Tokens.forUser(mine.user()).scope("chat").mint())
        .get("/api/dashboard/stats")
        .then()
        .statusCode(403)
        .body("code", equalTo("forbidden"));
  }

  static java.util.List<Tokens.Untrusted> untrusted() {
    return Tokens.untrusted(Ids.next());
  }

  @ParameterizedTest
  @MethodSource("untrusted")
  void aTokenThatIsNotToBeBelievedIsRefused(Tokens.Untrusted token) {
    given()
        .auth()
        .oauth2(token.token())
        .get("/api/dashboard/stats")
        .then()
        .statusCode(401)
        .contentType("application/problem+json")
        .body("code", equalTo("unauthenticated"))
        .body("requestId", not(equalTo(null)));
  }
}
