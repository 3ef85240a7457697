package dev.autopilot.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.gateway.testing.Caller;
import dev.autopilot.gateway.testing.TestService;
import dev.autopilot.gateway.testing.WithServices;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithServers
@WithServices
class RoutingTest {

  @ParameterizedTest
  @CsvSource({
    "/api/auth/me, auth",
    "/.well-known/jwks.json, auth",
    "/api/chat, chat",
    "/api/history, chat",
    "/v1/models, chat",
    "/api/records/7, projects",
    "/api/files/uploads/x, projects",
    "/api/workflows, workflow",
    "/api/executions/7/events, workflow",
    "/api/integrations/callback, integration",
    "/api/webhooks/7, integration",
    "/mcp, integration",
    "/api/dashboard/stats, dashboard",
    "/api/health, dashboard",
    "/api/system-status, dashboard",
    "/app/login, dashboard",
    "/, dashboard"
  })
  void aPathLeadsToItsService(String path, String service) {
    try (TestService there = TestService.of(service, request -> request.response().end(service))) {
      assertThat(Caller.get(path).body()).isEqualTo(service);
      assertThat(there.requests()).isOne();
    }
  }

  @Test
  void methodTargetHeadersAndBodyArriveAsTheyWereSent() {
    try (var _ = TestService.echo("projects")) {
      HttpResponse<String> answer =
          Caller.send(
              Caller.signedIn("/api/records/7?filter=a%20%3D%20%22b%22&x=/../y")
                  .header("If-Match", "\"3\"")
                  .method("PATCH", java.net.http.HttpRequest.BodyPublishers.ofString("{\"a\":1}")));
      JsonObject heard = Caller.json(answer);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(heard.getString("method")).isEqualTo("PATCH");
      assertThat(heard.getString("target"))
          .isEqualTo("/api/records/7?filter=a%20%3D%20%22b%22&x=/../y");
      assertThat(heard.getString("body")).isEqualTo("{\"a\":1}");
      assertThat(heard.getJsonObject("headers").getString("if-match")).isEqualTo("\"3\"");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nowhere",
        "/api",
        "/api/unknown",
        "/internal/token",
        "/q/openapi",
        "/q/health",
        "/api/../internal/token",
        "/api/records/%2e%2e/%2e%2e/internal/token"
      })
  void whatIsNotRoutedIsNotThere(String path) {
    HttpResponse<String> answer = Caller.get(path);
    assertThat(answer.statusCode()).isEqualTo(404);
    assertProblem(answer, "not_found");
  }

  @Test
  void theRequestIdIsKeptReturnedAndPassedOn() {
    try (var _ = TestService.echo("projects")) {
      HttpResponse<String> answer =
          Caller.send(Caller.signedIn("/api/records").header("X-Request-Id", "my-id-1"));
      assertThat(answer.headers().firstValue("X-Request-Id")).contains("my-id-1");
      assertThat(answer.headers().allValues("X-Request-Id")).hasSize(1);
      assertThat(Caller.json(answer).getJsonObject("headers").getString("x-request-id"))
          .isEqualTo("my-id-1");
    }
  }

  @Test
  void anInsaneRequestIdIsReplaced() {
    try (var _ = TestService.echo("projects")) {
      HttpResponse<String> answer =
          Caller.send(Caller.signedIn("/api/records").header("X-Request-Id", "a b\tc"));
      assertThat(answer.headers().firstValue("X-Request-Id").orElseThrow())
          .matches("[0-9a-f-]{36}");
    }
  }

  @Test
  void aServiceThatIsNotThereIs502AndNotNamed() {
    HttpResponse<String> answer = Caller.post("/api/workflows", "{}");
    assertThat(answer.statusCode()).isEqualTo(502);
    assertProblem(answer, "upstream_failed");
    assertThat(answer.body()).doesNotContain("localhost", "127.0.0.1", "refused", "Exception");
  }

  @Test
  void aServiceThatHangsUpIs502() {
    try (TestService projects =
        TestService.of("projects", request -> request.connection().close())) {
      HttpResponse<String> answer = Caller.post("/test/quick", "{}");
      assertThat(answer.statusCode()).isEqualTo(502);
      assertThat(projects.requests()).isOne();
    }
  }

  @Test
  void aServiceThatIsTooSlowIs504() {
    try (var _ = TestService.of("projects", RoutingTest::saysNothing)) {
      HttpResponse<String> answer = Caller.get("/test/quick");
      assertThat(answer.statusCode()).isEqualTo(504);
      assertProblem(answer, "upstream_timeout");
    }
  }

  @Test
  void theAnswersOfServicesAreNotTouched() {
    try (var _ =
        TestService.of(
            "projects",
            request ->
                request
                    .response()
                    .setStatusCode(422)
                    .putHeader("Content-Type", "application/problem+json")
                    .putHeader("ETag", "\"7\"")
                    .putHeader("Set-Cookie", (Iterable<String>) List.of("a=1", "b=2"))
                    .end("{\"code\":\"theirs\"}"))) {
      HttpResponse<String> answer = Caller.get("/api/records");
      assertThat(answer.statusCode()).isEqualTo(422);
      assertThat(answer.body()).isEqualTo("{\"code\":\"theirs\"}");
      assertThat(answer.headers().firstValue("ETag")).contains("\"7\"");
      assertThat(answer.headers().allValues("Set-Cookie")).containsExactly("a=1", "b=2");
    }
  }

  @Test
  void anAnswerWithoutBodyHasNone() {
    try (var _ =
        TestService.of("projects", request -> request.response().setStatusCode(204).end())) {
      assertThat(Caller.send(Caller.signedIn("/api/records/1").DELETE()).statusCode())
          .isEqualTo(204);
    }
  }

  @Test
  void headTellsTheLengthAndSendsNothing() {
    try (var _ =
        TestService.of(
            "projects", request -> request.response().putHeader("Content-Length", "1234").end())) {
      HttpResponse<String> answer =
          Caller.send(
              Caller.signedIn("/api/files/1")
                  .method("HEAD", java.net.http.HttpRequest.BodyPublishers.noBody()));
      assertThat(answer.headers().firstValue("Content-Length")).contains("1234");
      assertThat(answer.body()).isEmpty();
    }
  }

  @Test
  void aBodyThatSaysItIsTooLargeIsNotWaitedFor() {
    try (TestService projects = TestService.echo("projects")) {
      HttpResponse<String> answer = Caller.post("/test/small", "x".repeat(1025));
      assertThat(answer.statusCode()).isEqualTo(413);
      assertProblem(answer, "payload_too_large");
      assertThat(projects.requests()).isZero();
    }
  }

  @Test
  void aBodyThatGrowsTooLargeIsStopped() {
    try (var _ = TestService.echo("projects")) {
      String chunk = "400\r\n" + "x".repeat(1024) + "\r\n";
      String answer =
          Caller.raw(
              "POST /test/small HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                  + chunk
                  + chunk);
      assertThat(answer).startsWith("HTTP/1.1 413").contains("payload_too_large");
    }
  }

  @Test
  void aBodyOfTheLimitIsTaken() {
    try (var _ = TestService.echo("projects")) {
      HttpResponse<String> answer = Caller.post("/test/small", "x".repeat(1024));
      assertThat(Caller.json(answer).getString("body")).hasSize(1024);
    }
  }

  @ParameterizedTest
  @CsvSource({"/v1/models, error", "/mcp, jsonrpc"})
  void otherProtocolsHearOfErrorsInTheirOwnShape(String path, String member) {
    HttpResponse<String> answer = Caller.send(Caller.anonymous(path));
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(Caller.json(answer).containsKey(member)).isTrue();
  }

  @Test
  void tusHearsOfErrorsInItsOwnShape() {
    HttpResponse<String> answer = Caller.send(Caller.anonymous("/api/files/uploads"));
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("Tus-Resumable")).contains("1.0.0");
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
  }

  private static void saysNothing(HttpServerRequest request) {
    request.response().exceptionHandler(gone -> {});
  }

  static void assertProblem(HttpResponse<String> answer, String code) {
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonObject problem = Caller.json(answer);
    assertThat(problem.getString("code")).isEqualTo(code);
    assertThat(problem.getInteger("status")).isEqualTo(answer.statusCode());
    assertThat(problem.getString("requestId"))
        .isEqualTo(answer.headers().firstValue("X-Request-Id").orElseThrow());
  }
}
