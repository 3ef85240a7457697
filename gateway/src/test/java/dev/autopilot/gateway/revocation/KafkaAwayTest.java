package dev.autopilot.gateway.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.autopilot.gateway.testing.Caller;
import dev.autopilot.gateway.testing.TestService;
import dev.autopilot.gateway.testing.WithServices;
import dev.autopilot.testkit.Tokens;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** No Kafka at all: what was revoked is asked of auth-service. */
@QuarkusTest
@WithServers
@WithServices
@TestProfile(KafkaAwayTest.NoKafka.class)
class KafkaAwayTest {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Queue<JsonObject> revoked = new ConcurrentLinkedQueue<>();
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();

  @Test
  void theGatewayIsReadyOnceItKnowsFromAuthWhatWasRevokedAndHearsOfMore() {
    // The management port opens a moment after the door.
    await().ignoreExceptions().atMost(PATIENCE).until(() -> readiness().equals("DOWN"));
    UUID before = revoke();
    try (var _ = TestService.of("auth", this::answer);
        var _ = TestService.echo("projects")) {
      await().atMost(PATIENCE).until(() -> readiness().equals("UP"));
      assertThat(ask(tokenOf(before))).isEqualTo(401);

      String token = tokenOf(UUID.randomUUID());
      assertThat(ask(token)).isEqualTo(200);
      UUID after = UUID.randomUUID();
      String later = tokenOf(after);
      assertThat(ask(later)).isEqualTo(200);
      revoked.add(entry(after));

      await().atMost(Duration.ofSeconds(3)).until(() -> ask(later) == 401);
      assertThat(ask(token)).isEqualTo(200);
      assertThat(asked).first().isEqualTo("/internal/revocations");
      assertThat(asked).last().asString().startsWith("/internal/revocations?since=2026-01-01T");
    }
  }

  private void answer(HttpServerRequest request) {
    asked.add(request.uri());
    boolean proven = String.valueOf(request.getHeader("Authorization")).startsWith("Basic ");
    JsonArray items = new JsonArray();
    revoked.forEach(items::add);
    var _ =
        request
            .response()
            .setStatusCode(proven ? 200 : 401)
            .end(new JsonObject().put("items", items).put("now", "2026-01-01T00:00:00Z").encode());
  }

  private UUID revoke() {
    UUID session = UUID.randomUUID();
    revoked.add(entry(session));
    return session;
  }

  private static JsonObject entry(UUID session) {
    return new JsonObject()
        .put("key", "session:" + session)
        .put("revokedAt", Instant.now().toString())
        .put("until", Instant.now().plusSeconds(600).toString());
  }

  private static String tokenOf(UUID session) {
    return Tokens.forUser(UUID.randomUUID()).session(session).mint();
  }

  private static int ask(String token) {
    return Caller.send(Caller.anonymous("/api/records").header("Authorization", "Bearer " + token))
        .statusCode();
  }

  /** Whether the revocations are known, as the management port says it. */
  private static String readiness() {
    return new JsonObject(Caller.managed("/q/health/ready"))
        .getJsonArray("checks").stream()
            .map(JsonObject.class::cast)
            .filter(check -> check.getString("name").equals("revocations"))
            .map(check -> check.getString("status"))
            .findFirst()
            .orElseThrow();
  }

  /** A gateway without Kafka. */
  public static class NoKafka implements QuarkusTestProfile {
    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(Nowhere.class));
    }
  }

  /** Nothing listens there. It comes after the real servers, since the last word counts. */
  public static class Nowhere implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
      return Map.of("kafka.bootstrap.servers", "localhost:1");
    }

    @Override
    public void stop() {}

    @Override
    public int order() {
      return 10;
    }
  }
}
