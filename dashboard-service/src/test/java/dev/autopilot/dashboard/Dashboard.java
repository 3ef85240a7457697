package dev.autopilot.dashboard;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import dev.autopilot.kernel.Ids;
import dev.autopilot.testkit.Tokens;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Predicate;

/** The dashboard as one person sees it. */
public record Dashboard(UUID user, String token) {

  public static Dashboard ofSomebodyNew() {
    UUID user = Ids.next();
    return new Dashboard(user, Tokens.forUser(user).mint());
  }

  public static Dashboard ofAnAdmin() {
    UUID user = Ids.next();
    return new Dashboard(user, Tokens.forUser(user).admin().mint());
  }

  public JsonPath stats() {
    return get("/api/dashboard/stats");
  }

  public JsonPath activity() {
    return get("/api/dashboard/activity?limit=200");
  }

  /** What comes by way of Kafka comes soon, not at once. */
  public JsonPath awaitStats(Predicate<JsonPath> condition) {
    return await().atMost(Duration.ofSeconds(30)).until(this::stats, condition);
  }

  public JsonPath awaitActivity(Predicate<JsonPath> condition) {
    return await().atMost(Duration.ofSeconds(30)).until(this::activity, condition);
  }

  public JsonPath get(String path) {
    return given().auth().oauth2(token).get(path).then().statusCode(200).extract().jsonPath();
  }
}
