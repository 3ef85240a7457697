package dev.autopilot.gateway.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.gateway.testing.Caller;
import dev.autopilot.gateway.testing.TestService;
import dev.autopilot.gateway.testing.WithServices;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.http.HttpServerRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The tests' gateway takes 40 waiting requests for one service. */
@QuarkusTest
@WithServers
@WithServices
class LoadTest {
  private static final int PLACES = 40;

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
}
