package dev.autopilot.e2e.journey;

import com.fasterxml.jackson.databind.JsonNode;
import dev.autopilot.e2e.Answer;
import dev.autopilot.e2e.Await;
import dev.autopilot.e2e.Client;
import dev.autopilot.e2e.UnexpectedAnswer;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * One real journey through the house: a person signs up, makes a database, imports a file, asks it
 * questions, sees each record counted on the dashboard, signs out, and is then refused. Everything
 * goes through the gateway; each step checks what it was promised.
 */
public final class Journey {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration REVOKED_WITHIN = Duration.ofSeconds(2);

  private final Narrator narrator;
  private final String email = "ada." + UUID.randomUUID() + "@example.com";
  private final String password = "a lantern for the long night";
  private Client client;

  public Journey(URI gateway, Narrator narrator) {
    this.client = Client.of(gateway);
    this.narrator = narrator;
  }

  /** Goes all the way, or throws {@link UnexpectedAnswer} at the step that broke its promise. */
  public void travel() {
    register();
    signIn();
    String project = createProject();
    String database = createDatabase(project);
    importAirports(database);
    askForNorthernmost(database);
    askPageByPage(database);
    seeEveryRecordOnTheDashboard();
    seeTheActivity();
    signOut();
  }

  private void register() {
    step(
        "Registered " + email,
        () ->
            client
                .post(
                    "/api/auth/register",
                    Map.of("email", email, "password", password, "name", "Ada"))
                .expect(201));
  }

  private void signIn() {
    step(
        "Signed in",
        () -> {
          Answer tokens =
              client
                  .post("/api/auth/login", Map.of("email", email, "password", password))
                  .expect(200);
          client = client.signedInWith(tokens.text("accessToken"));
          check(client.get("/api/auth/me").expect(200).text("email").equals(email), "me is Ada");
          return tokens;
        });
  }

  private String createProject() {
    return step(
            "Created the project \"Travel\"",
            () -> client.post("/api/projects", Map.of("name", "Travel")).expect(201))
        .text("id");
  }

  private String createDatabase(String project) {
    return step(
            "Created the database \"Airports\" with seven typed fields",
            () ->
                client
                    .post(
                        "/api/databases",
                        Map.of(
                            "projectId", project, "name", "Airports", "fields", Airports.fields()))
                    .expect(201))
        .text("id");
  }

  private void importAirports(String database) {
    step(
        "Imported " + Airports.COUNT + " airports from a CSV file",
        () -> {
          String job =
              client
                  .post("/api/databases/" + database + "/import", "text/csv", Airports.csv())
                  .expect(202)
                  .text("id");
          Answer done =
              Await.until(
                  "the import",
                  PATIENCE,
                  () -> client.get("/api/imports/" + job).expect(200),
                  answer -> List.of("succeeded", "failed").contains(answer.text("status")));
          check(done.text("status").equals("succeeded"), "the import succeeds: " + done.body());
          check(done.json().path("done").asInt() == Airports.COUNT, "every row: " + done.body());
          check(done.json().path("failed").asInt() == 0, "no row fails: " + done.body());
          return done;
        });
  }

  private void askForNorthernmost(String database) {
    step(
        "Asked for Alaska's northernmost airports, by filter and sort",
        () -> {
          Answer page = records(database, "state = \"AK\" and latitude > 60", "-latitude", 5, "");
          JsonNode items = page.json().path("items");
          check(items.size() == 5, "five of them: " + page.body());
          check(
              items.path(0).path("values").path("iata").asText().equals("BRW"),
              "Barrow is the northernmost: " + page.body());
          double last = 90;
          for (JsonNode record : items) {
            double latitude = record.path("values").path("latitude").asDouble();
            check(latitude <= last && latitude > 60, "sorted and filtered: " + page.body());
            last = latitude;
          }
          return page;
        });
  }

  private void askPageByPage(String database) {
    step(
        "Read all of Alaska page by page",
        () -> {
          int seen = 0;
          String cursor = "";
          Answer page;
          do {
            page = records(database, "state = \"AK\"", "name", 100, cursor);
            seen += page.json().path("items").size();
            cursor = page.json().path("nextCursor").asText("");
          } while (!page.json().path("nextCursor").isNull());
          check(seen == Airports.IN_ALASKA, Airports.IN_ALASKA + " airports, not " + seen);
          return page;
        });
  }

  private Answer records(String database, String filter, String sort, int limit, String cursor) {
    return client
        .get(
            "/api/records?databaseId=%s&filter=%s&sort=%s&limit=%d%s"
                .formatted(
                    database,
                    URLEncoder.encode(filter, StandardCharsets.UTF_8),
                    sort,
                    limit,
                    cursor.isEmpty() ? "" : "&cursor=" + cursor))
        .expect(200);
  }

  private void seeEveryRecordOnTheDashboard() {
    step(
        "Saw every record counted on the dashboard, by the events that each one sent",
        () ->
            Await.until(
                "the dashboard to count every record",
                PATIENCE,
                () -> client.get("/api/dashboard/stats").expect(200),
                stats -> {
                  int counted = stats.json().path("records").asInt();
                  check(counted <= Airports.COUNT, "none counted twice: " + stats.body());
                  return counted == Airports.COUNT
                      && stats.json().path("projects").asInt() == 1
                      && stats.json().path("databases").asInt() == 1;
                }));
  }

  private void seeTheActivity() {
    step(
        "Saw it in the activity",
        () ->
            Await.until(
                "the activity",
                PATIENCE,
                () -> client.get("/api/dashboard/activity?limit=200").expect(200),
                activity -> {
                  List<String> types = activity.json().path("items").findValuesAsText("type");
                  return types.stream().anyMatch(type -> type.startsWith("projects."));
                }));
  }

  private void signOut() {
    step(
        "Signed out, and the token is refused",
        () -> {
          client.send("POST", "/api/auth/logout", null, BodyPublishers.noBody()).expect(204);
          return Await.until(
              "the token to be refused",
              REVOKED_WITHIN,
              () -> client.get("/api/projects"),
              answer -> answer.status() == 401);
        });
  }

  private Answer step(String what, Supplier<Answer> doing) {
    long start = System.nanoTime();
    Answer answer = doing.get();
    narrator.tell(what, Duration.ofNanos(System.nanoTime() - start));
    return answer;
  }

  private static void check(boolean promise, String what) {
    if (!promise) {
      throw new UnexpectedAnswer("Promised was: " + what);
    }
  }
}
