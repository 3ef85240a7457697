package dev.autopilot.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * An account that is erased is forgotten by every service, not only by the one that was asked. The
 * gateway refuses the person's token from then on, so the services are asked directly: they know
 * its signature for as long as it lives, and answer from what they keep.
 */
@ExtendWith(WholeSuite.class)
class ForgettingTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** What each service shows of what it keeps. */
  private static final List<Shelf> SHELVES =
      List.of(
          new Shelf("chat", "/api/sessions"),
          new Shelf("projects", "/api/projects"),
          new Shelf("projects", "/api/files"),
          new Shelf("workflow", "/api/workflows"),
          new Shelf("integration", "/api/integrations/webhooks"),
          new Shelf("dashboard", "/api/dashboard/activity"));

  private record Shelf(String service, String list) {}

  private final Home home;
  private final Client anybody;
  private final Person ada;

  ForgettingTest(Home home, Client anybody) {
    this.home = home;
    this.anybody = anybody;
    this.ada = Person.signUp(anybody);
  }

  @Test
  void whoErasesTheAccountIsForgottenByEveryService() {
    leaveSomethingEverywhere();
    SHELVES.forEach(shelf -> awaitThat(shelf, false));

    ada.client()
        .send("DELETE", "/api/auth/me", "application/json", BodyPublishers.ofString(proof()))
        .expect(204);

    SHELVES.forEach(shelf -> awaitThat(shelf, true));
    assertThat(direct("dashboard").get("/api/dashboard/stats").expect(200).json())
        .allSatisfy(figure -> assertThat(figure.asLong()).isZero());
    Await.until(
        "the gateway to refuse the token",
        PATIENCE,
        () -> ada.client().get("/api/projects").status(),
        status -> status == 401);
    assertThat(
            anybody
                .post("/api/auth/login", Map.of("email", ada.email(), "password", Person.PASSWORD))
                .expect(401)
                .text("code"))
        .isEqualTo("invalid_credentials");
  }

  private void leaveSomethingEverywhere() {
    Map<String, Object> made = new LinkedHashMap<>();
    made.put("/api/sessions/create", Map.of("title", "Of birds"));
    made.put("/api/projects", Map.of("name", "Birds"));
    made.put(
        "/api/workflows",
        Map.of(
            "name", "Count them", "definition", Map.of("triggers", List.of(), "steps", List.of())));
    made.put(
        "/api/integrations/webhooks",
        Map.of("name", "Sightings", "verification", Map.of("scheme", "none")));
    made.forEach((path, body) -> ada.client().post(path, body).expect(201));
    String file =
        """
        --edge\r
        Content-Disposition: form-data; name="file"; filename="birds.txt"\r
        Content-Type: text/plain\r
        \r
        A wren.\r
        --edge--\r
        """;
    ada.client().post("/api/files", "multipart/form-data; boundary=edge", file).expect(201);
  }

  private void awaitThat(Shelf shelf, boolean empty) {
    Client service = direct(shelf.service());
    Await.until(
        shelf.list() + (empty ? " to be empty" : " to show something"),
        PATIENCE,
        () -> service.get(shelf.list()).expect(200).json().path("items").isEmpty(),
        isEmpty -> isEmpty == empty);
  }

  private Client direct(String service) {
    int port =
        home.state().members().stream()
            .filter(member -> member.name().equals(service))
            .findFirst()
            .orElseThrow()
            .port();
    return Client.of(URI.create("http://127.0.0.1:" + port)).signedInWith(ada.accessToken());
  }

  private static String proof() {
    return "{\"password\":\"%s\"}".formatted(Person.PASSWORD);
  }
}
