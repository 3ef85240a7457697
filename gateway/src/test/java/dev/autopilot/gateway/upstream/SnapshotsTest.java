package dev.autopilot.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.autopilot.gateway.testing.Caller;
import dev.autopilot.gateway.testing.TestService;
import dev.autopilot.gateway.testing.WithServices;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The tests have a route whose answers are kept for 700 ms. */
@QuarkusTest
@WithServers
@WithServices
class SnapshotsTest {
  private final AtomicInteger version = new AtomicInteger();

  @Test
  void manyWhoAskForTheSameCostTheServiceLittleAndHearNothingOld() {
    try (TestService projects =
        TestService.of(
            "projects",
            request ->
                request
                    .response()
                    .setStatusCode(version.get() == 0 ? 200 : 503)
                    .putHeader("Content-Type", "application/json")
                    .end("{\"version\":" + version.get() + "}"))) {
      for (int i = 0; i < 50; i++) {
        HttpResponse<String> answer = Caller.send(Caller.anonymous("/test/snapshot"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"version\":0}");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.headers().firstValue("X-Request-Id")).isPresent();
      }
      assertThat(projects.requests()).isLessThan(12);

      version.incrementAndGet();

      await()
          .atMost(Duration.ofSeconds(1))
          .until(() -> Caller.send(Caller.anonymous("/test/snapshot")).statusCode() == 503);
    }
    await()
        .atMost(Duration.ofSeconds(2))
        .until(() -> Caller.send(Caller.anonymous("/test/snapshot")).statusCode() == 502);
  }

  @Test
  void aQuestionWithAQueryIsAlwaysAsked() {
    try (TestService projects = TestService.echo("projects")) {
      for (int i = 0; i < 5; i++) {
        Caller.send(Caller.anonymous("/test/snapshot?x=1"));
      }
      assertThat(projects.requests()).isEqualTo(5);
    }
  }
}
