package dev.autopilot.dashboard.activity;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.autopilot.dashboard.Dashboard;
import dev.autopilot.testkit.OtherServices;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithServers
class ActivityTest {
  private final OtherServices others = OtherServices.speaking();
  private final Dashboard mine = Dashboard.ofSomebodyNew();

  @AfterEach
  void close() {
    others.close();
  }

  @Test
  void tellsWhoDidWhatToWhat() {
    UUID event = session("s1", "Spring");

    JsonPath activity = mine.awaitActivity(all -> all.getList("items").size() == 1);

    assertThat(activity.<String, Object>getMap("items[0]"))
        .containsEntry("id", event.toString())
        .containsEntry("type", "chat.session.created")
        .containsEntry("actor", mine.user().toString())
        .containsEntry("subject", "s1")
        .containsEntry("summary", "Session “Spring” created")
        .containsOnlyKeys("id", "type", "actor", "subject", "summary", "occurredAt");
  }

  @Test
  void pagesFromTheNewestToTheOldestWithoutLossOrRepetition() {
    List<String> told = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      told.addFirst(session("same", "Session " + i).toString());
    }
    mine.awaitActivity(all -> all.getList("items").size() == 7);

    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      JsonPath page = mine.get("/api/dashboard/activity?limit=3&count=true" + cursor);
      seen.addAll(page.getList("items.id", String.class));
      assertThat(page.getInt("total")).isEqualTo(7);
      cursor =
          page.getString("nextCursor") == null ? "" : "&cursor=" + page.getString("nextCursor");
    } while (!cursor.isEmpty());

    assertThat(seen).isEqualTo(told);
  }

  @Test
  void anotherPersonsIsNotMine() {
    session("s2", "Mine");
    mine.awaitActivity(all -> all.getList("items").size() == 1);

    assertThat(Dashboard.ofSomebodyNew().activity().getList("items")).isEmpty();
  }

  @Test
  void anAdminSeesEverybodysWhenAsking() {
    UUID event = session("s3", "Mine");
    mine.awaitActivity(all -> all.getList("items").size() == 1);

    assertThat(
            Dashboard.ofAnAdmin()
                .get("/api/dashboard/activity?limit=200&scope=all")
                .getList("items.id"))
        .contains(event.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage", "W10", "WyJ4Il0", "bnVsbA"})
  void aCursorThatIsNotOursIsRefused(String cursor) {
    given()
        .auth()
        .oauth2(mine.token())
        .get("/api/dashboard/activity?cursor=" + cursor)
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("code", equalTo("invalid_cursor"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "201", "-1", "many"})
  void aLimitOutOfBoundsIsRefused(String limit) {
    given()
        .auth()
        .oauth2(mine.token())
        .get("/api/dashboard/activity?limit=" + limit)
        .then()
        .statusCode(422)
        .body("errors[0].pointer", equalTo("/limit"));
  }

  @Test
  void withAPersonGoFiguresActivityAndWhateverStillArrives() {
    session("s4", "To be forgotten");
    mine.awaitStats(now -> now.getInt("sessions") == 1);

    others.tell(
        "auth.user.deleted",
        mine.user().toString(),
        mine.user(),
        Map.of("userId", mine.user().toString()));
    mine.awaitActivity(all -> all.getList("items").isEmpty());
    session("s4", "Late");
    Dashboard somebodyElse = Dashboard.ofSomebodyNew();
    others.tell("chat.session.created", "s4", somebodyElse.user(), Map.of("title", "Later still"));
    somebodyElse.awaitActivity(all -> !all.getList("items").isEmpty());

    assertThat(mine.activity().getList("items")).isEmpty();
    assertThat(mine.stats().getInt("sessions")).isZero();
  }

  private UUID session(String id, String title) {
    return others.tell(
        "chat.session.created", id, mine.user(), Map.of("sessionId", id, "title", title));
  }
}
