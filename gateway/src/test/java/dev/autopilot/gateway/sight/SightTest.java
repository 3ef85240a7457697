package dev.autopilot.gateway.sight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.autopilot.gateway.testing.Caller;
import dev.autopilot.gateway.testing.TestService;
import dev.autopilot.gateway.testing.WithServices;
import dev.autopilot.testkit.EventProbe;
import dev.autopilot.testkit.Tokens;
import dev.autopilot.testkit.WithServers;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.Arc;
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
    CollectedSpans spans = Arc.container().instance(CollectedSpans.class).get();
    String trace = UUID.randomUUID().toString().replace("-", "");
    try (var _ = TestService.echo("projects")) {
      String heard = traceHeard("00-" + trace + "-b7ad6b7169203331-01");
      await().until(() -> spans.ended().stream().anyMatch(span -> span.getTraceId().equals(trace)));
      var span =
          spans.ended().stream()
              .filter(one -> one.getTraceId().equals(trace))
              .findFirst()
              .orElseThrow();
      assertThat(span.getName()).isEqualTo("GET /api/records");
      assertThat(span.getParentSpanId()).isEqualTo("b7ad6b7169203331");
      assertThat(heard).isEqualTo("00-" + trace + "-" + span.getSpanId() + "-01");
    }
  }

  @Test
  void requestsAreMeasuredByRouteAndNeverByPath() {
    MeterRegistry meters = Arc.container().instance(MeterRegistry.class).get();
    long before = count(meters, "nowhere", "4xx");
    Caller.get("/made/up/" + UUID.randomUUID());
    await().until(() -> count(meters, "nowhere", "4xx") == before + 1);
    assertThat(meters.find("gateway.requests").tagKeys("uri").timers()).isEmpty();
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

  private static long count(MeterRegistry meters, String route, String status) {
    return meters.get("gateway.requests").tags("route", route, "status", status).timer().count();
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
