package dev.autopilot.gateway.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.gateway.testing.Caller;
import dev.autopilot.gateway.testing.TestService;
import dev.autopilot.gateway.testing.WithServices;
import dev.autopilot.testkit.Tokens;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.http.HttpServerRequest;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The tests' gateway takes 40 waiting requests for one service, and 30 for one person. */
@QuarkusTest
@WithServers
@WithServices
class LoadTest {
  private static final int PLACES = 40;
  private static final int SHARE = 30;

  @Test
  void whenASlowServiceHasAllItsPlacesTakenTheRestHearSoAtOnceAndOthersAreServed() {
    Queue<HttpServerRequest> held = new ConcurrentLinkedQueue<>();
    try (var _ = TestService.of("projects", held::add);
        var _ = TestService.echo("chat")) {
      List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
      for (int i = 0; i < PLACES; i++) {
        asked.add(
            Caller.http()
                .sendAsync(Caller.anonymous("/test/pass").build(), BodyHandlers.ofString()));
      }
      Awaitility.await().until(() -> held.size() == PLACES);

      HttpResponse<String> shed = Caller.get("/test/pass");

      assertThat(shed.statusCode()).isEqualTo(503);
      assertThat(shed.headers().firstValue("Retry-After")).contains("1");
      assertThat(Caller.json(shed).getString("code")).isEqualTo("unavailable");
      assertThat(Caller.get("/api/history").statusCode()).isEqualTo(200);
      held.forEach(request -> request.response().end("at last"));
      assertThat(asked).allSatisfy(one -> assertThat(one.join().statusCode()).isEqualTo(200));
    }
    try (var _ = TestService.echo("projects")) {
      assertThat(Caller.get("/test/pass").statusCode()).as("places are free again").isEqualTo(200);
    }
  }

  @Test
  void nobodyTakesMoreThanAShareOfThePlaces() {
    Queue<HttpServerRequest> held = new ConcurrentLinkedQueue<>();
    String token = Tokens.forUser(UUID.randomUUID()).mint();
    try (var _ = TestService.of("projects", held::add);
        var _ = TestService.echo("chat")) {
      List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
      for (int i = 0; i < SHARE; i++) {
        asked.add(
            Caller.http().sendAsync(by(token, "/test/pass").build(), BodyHandlers.ofString()));
      }
      Awaitility.await().until(() -> held.size() == SHARE);

      HttpResponse<String> tooMany = Caller.send(by(token, "/api/history"));

      assertThat(tooMany.statusCode()).isEqualTo(429);
      assertThat(Caller.json(tooMany).getString("code")).isEqualTo("rate_limited");
      assertThat(Caller.get("/api/history").statusCode()).as("anybody else").isEqualTo(200);
      held.forEach(request -> request.response().end("at last"));
      assertThat(asked).allSatisfy(one -> assertThat(one.join().statusCode()).isEqualTo(200));
      assertThat(Caller.send(by(token, "/api/history")).statusCode()).isEqualTo(200);
    }
  }

  private static HttpRequest.Builder by(String token, String target) {
    return Caller.anonymous(target).header("Authorization", "Bearer " + token);
  }
}
