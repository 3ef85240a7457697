package dev.autopilot.dashboard.health;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import com.sun.net.httpserver.HttpServer;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
@WithTestResource(HealthResourceTest.OneServiceBesides.class)
class HealthResourceTest {

  @Test
  void tellsWhoIsThereWithoutAToken() {
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() ->
            given()
                .get("/api/health")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("status", equalTo("DEGRADED"))
                .body("services.auth", equalTo("UP"))
                .body("services.dashboard", equalTo("UP"))
                .body("services.chat", equalTo("DOWN"))
                .body("services.size()", equalTo(6)));
  }

  @Test
  void isItselfAskedTheSameWay() {
    given().get("/internal/ready").then().statusCode(200).body("status", equalTo("UP"));
  }

  @Test
  void theLandingPageNeedsNothingFromElsewhere() {
    String page =
        given().get("/").then().statusCode(200).contentType("text/html").extract().asString();

    given().get("/app/status.js").then().statusCode(200).body(not(containsString("https://")));
    given().get("/app/status.css").then().statusCode(200).body(not(containsString("//")));
    assertThat(page).contains("/openapi", "/api/health").doesNotContain("https://", "http://");
  }

  @Test
  void theApiIsDescribed() {
    given()
        .get("/q/openapi?format=json")
        .then()
        .statusCode(200)
        .body("info.title", equalTo("Autopilot dashboard"))
        .body("paths.keySet()", not(hasItem("/internal/ready")));
  }

  /** Stands for auth-service; all the others are away. */
  public static final class OneServiceBesides implements QuarkusTestResourceLifecycleManager {
    private @Nullable HttpServer server;

    @Override
    public Map<String, String> start() {
      HttpServer auth;
      try {
        auth = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
      byte[] up = "{\"status\":\"UP\"}".getBytes(UTF_8);
      auth.createContext(
          "/internal/ready",
          exchange -> {
            exchange.sendResponseHeaders(200, up.length);
            exchange.getResponseBody().write(up);
            exchange.close();
          });
      auth.start();
      server = auth;
      return Map.of(
          "autopilot.services.auth.url",
          "http://localhost:" + auth.getAddress().getPort(),
          "autopilot.services.chat.url",
          "http://localhost:1");
    }

    @Override
    public void stop() {
      if (server != null) {
        server.stop(0);
      }
    }
  }
}
