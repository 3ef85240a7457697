package dev.autopilot.gateway.sight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.autopilot.gateway.testing.Caller;
import dev.autopilot.gateway.testing.TestService;
import dev.autopilot.gateway.testing.WithServices;
import dev.autopilot.testkit.Contracts;
import dev.autopilot.testkit.EventProbe;
import dev.autopilot.testkit.Tokens;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
@WithServices
class SightTest {
  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  @Test
  void eachRequestIsALineOfJsonWithoutItsSecrets() {
    UUID user = UUID.randomUUID();
    String id = "sight-" + user;
    try (var _ = TestService.echo("projects")) {
      Caller.send(
          Caller.anonymous("/api/records/%22a?token=hidden")
              .header("X-Request-Id", id)
              .header("traceparent", TRACE)
              .header("Authorization", "Bearer " + Tokens.forUser(user).mint()));
    }
    await().until(() -> !linesWith(id).isEmpty());
    assertThat(linesWith(id)).hasSize(1);
    JsonObject line = new JsonObject(linesWith(id).getFirst());
    assertThat(line.getString("method")).isEqualTo("GET");
    assertThat(line.getString("path")).isEqualTo("/api/records/%22a");
    assertThat(line.getString("route")).isEqualTo("projects");
    assertThat(line.getInteger("status")).isEqualTo(200);
    assertThat(line.getString("principal")).isEqualTo("user:" + user);
    assertThat(line.getString("trace")).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    assertThat(line.getInteger("bytesOut")).isPositive();
    assertThat(line.encode()).doesNotContain("hidden");
  }

  @Test
  void theTraceIsPassedOnAndOneIsBegunWhereThereIsNone() {
    try (var _ = TestService.echo("projects")) {
      assertThat(traceHeard(TRACE))
          .startsWith("00-0af7651916cd43dd8448eb211c80319c-")
          .endsWith("-01");
      assertThat(traceHeard("nonsense")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]");
    }
  }

  @Test
  void eachRequestIsASpanNamedByItsRouteAndTheServiceHearsOfIt() {
    String trace = UUID.randomUUID().toString().replace("-", "");
    try (CollectedSpans spans = new CollectedSpans();
        var _ = TestService.echo("projects")) {
      String heard = traceHeard("00-" + trace + "-b7ad6b7169203331-01");
      assertThat(heard).startsWith("00-" + trace + "-").endsWith("-01");
      String span = heard.substring(36, 52);
      assertThat(span).isNotEqualTo("b7ad6b7169203331");
      await().until(() -> spans.hold(trace, span, "b7ad6b7169203331", "GET /api/records"));
    }
  }

  @Test
  void requestsAreMeasuredByRouteAndNeverByPath() {
    long before = answeredWith4xx("nowhere");
    Caller.get("/made/up/" + UUID.randomUUID());
    await().until(() -> answeredWith4xx("nowhere") == before + 1);
    assertThat(Caller.managed("/q/metrics")).doesNotContain("/made/up");
  }

  @Test
  void theTrafficOfAPersonIsSummedAndPublished() {
    UUID user = UUID.randomUUID();
    String token = Tokens.forUser(user).mint();
    try (EventProbe probe = EventProbe.on("gateway.traffic.v1");
        var _ = TestService.echo("projects")) {
      for (int i = 0; i < 3; i++) {
        Caller.send(Caller.anonymous("/api/records").header("Authorization", "Bearer " + token));
      }
      EventProbe.Event sum =
          probe.await(
              "gateway.traffic.summed",
              event -> event.data().path("userId").asText().equals(user.toString()));
      Contracts.assertKept(sum);
      assertThat(sum.data().path("route").asText()).isEqualTo("projects");
      assertThat(sum.data().path("requests").asInt()).isBetween(1, 3);
      assertThat(sum.data().path("errors").asInt()).isZero();
      assertThat(sum.attributes())
          .containsEntry("source", "/gateway")
          .containsEntry("userid", user.toString());
    }
  }

  private static String traceHeard(String sent) {
    return Caller.json(Caller.send(Caller.signedIn("/api/records").header("traceparent", sent)))
        .getJsonObject("headers")
        .getString("traceparent");
  }

  private static long answeredWith4xx(String route) {
    return Caller.managed("/q/metrics")
        .lines()
        .filter(line -> line.startsWith("gateway_requests_seconds_count{"))
        .filter(line -> line.contains("route=\"" + route + "\"") && line.contains("status=\"4xx\""))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.indexOf('}') + 1)))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> linesWith(String text) {
    Path log =
        Path.of(ConfigProvider.getConfig().getValue("gateway.access-log.file", String.class));
    try (var lines = Files.lines(log)) {
      return lines.filter(line -> line.contains(text)).toList();
    } catch (IOException notYet) {
      return List.of();
    }
  }
}
