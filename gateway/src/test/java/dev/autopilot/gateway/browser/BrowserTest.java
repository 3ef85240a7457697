package dev.autopilot.gateway.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.gateway.testing.Caller;
import dev.autopilot.gateway.testing.TestService;
import dev.autopilot.gateway.testing.WithServices;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.util.Locale;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
@WithServices
class BrowserTest {

  @Test
  void aListedOriginMayAskWithCredentials() {
    try (var _ = TestService.echo("projects")) {
      HttpResponse<String> answer =
          Caller.send(Caller.signedIn("/api/records").header("Origin", "https://app.example"));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
          .contains("https://app.example");
      assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials")).contains("true");
      assertThat(answer.headers().firstValue("Access-Control-Expose-Headers").orElseThrow())
          .contains("RateLimit");
      assertThat(answer.headers().allValues("Vary").toString().toLowerCase(Locale.ROOT))
          .contains("origin");
    }
  }

  @Test
  void evenARefusalCanBeReadByAListedOrigin() {
    HttpResponse<String> answer =
        Caller.send(Caller.anonymous("/api/records").header("Origin", "https://app.example"));
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
        .contains("https://app.example");
  }

  @Test
  void anotherOriginIsToldNothingWhateverTheServiceSays() {
    try (var _ =
        TestService.of(
            "projects",
            request ->
                request.response().putHeader("Access-Control-Allow-Origin", "*").end("ok"))) {
      HttpResponse<String> answer =
          Caller.send(Caller.signedIn("/api/records").header("Origin", "https://evil.example"));
      assertThat(answer.headers().map().keySet())
          .noneMatch(name -> name.startsWith("access-control"));
    }
  }

  @Test
  void aPreflightOfAListedOriginIsAnsweredHere() {
    HttpResponse<String> answer = preflight("https://app.example");
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Methods").orElseThrow())
        .contains("PATCH");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
        .contains("Authorization", "Idempotency-Key");
    assertThat(answer.headers().firstValue("Access-Control-Max-Age")).contains("600");
  }

  @Test
  void aPreflightOfAnotherOriginIsRefused() {
    HttpResponse<String> answer = preflight("https://app.example.evil");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void everyAnswerTellsBrowsersWhatNotToDo() {
    HttpResponse<String> answer = Caller.send(Caller.anonymous("/nowhere"));
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.headers().firstValue("X-Frame-Options")).contains("DENY");
    assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'");
    assertThat(answer.headers().firstValue("Strict-Transport-Security")).isEmpty();
  }

  @Test
  void aServiceMaySayMoreOfItsOwnPages() {
    try (var _ =
        TestService.of(
            "dashboard",
            request ->
                request.response().putHeader("Content-Security-Policy", "theirs").end("page"))) {
      assertThat(Caller.get("/app/x").headers().allValues("Content-Security-Policy"))
          .containsExactly("theirs");
    }
  }

  private static HttpResponse<String> preflight(String origin) {
    return Caller.send(
        Caller.anonymous("/api/records")
            .header("Origin", origin)
            .header("Access-Control-Request-Method", "PATCH")
            .method("OPTIONS", java.net.http.HttpRequest.BodyPublishers.noBody()));
  }
}
