package dev.autopilot.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.gateway.testing.Caller;
import dev.autopilot.gateway.testing.TestService;
import dev.autopilot.gateway.testing.WithServices;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithServers
@WithServices
class ReplicasTest {

  @Test
  void replicasShareTheWork() {
    try (TestService first = TestService.echo("first");
        TestService second = TestService.echo("second")) {
      for (int i = 0; i < 60; i++) {
        assertThat(Caller.get("/test/pair").statusCode()).isEqualTo(200);
      }
      assertThat(first.requests()).isBetween(5, 55);
      assertThat(second.requests()).isEqualTo(60 - first.requests());
    }
  }

  @Test
  void aReplicaThatDiesCostsNoReader() {
    try (TestService first = TestService.echo("first")) {
      for (int i = 0; i < 30; i++) {
        assertThat(Caller.get("/test/pair").statusCode()).isEqualTo(200);
      }
      assertThat(first.requests()).isEqualTo(30);
    }
  }

  @Test
  void whatFailedBeforeTheFirstByteIsAskedOfTheOtherOnce() {
    try (TestService third = TestService.of("third", request -> request.connection().close());
        TestService fourth = TestService.echo("fourth")) {
      for (int i = 0; i < 4; i++) {
        assertThat(Caller.get("/test/other-pair").statusCode()).isEqualTo(200);
      }
      assertThat(fourth.requests()).isEqualTo(4);
      assertThat(third.requests()).isLessThanOrEqualTo(4);
    }
  }

  @Test
  void whatFailsEverywhereIsAskedTwiceAndNotMore() {
    try (TestService third = TestService.of("third", request -> request.connection().close());
        TestService fourth = TestService.of("fourth", request -> request.connection().close())) {
      assertThat(Caller.get("/test/other-pair").statusCode()).isEqualTo(502);
      assertThat(third.requests() + fourth.requests()).isEqualTo(2);
    }
  }

  @Test
  void whatFailedMidwayIsNotAskedAgain() {
    try (TestService first = TestService.of("first", request -> halfAnAnswer(request.response()));
        TestService second =
            TestService.of("second", request -> halfAnAnswer(request.response()))) {
      String answer = Caller.raw("GET /test/pair HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(answer).startsWith("HTTP/1.1 200");
      assertThat(first.requests() + second.requests()).isOne();
    }
  }

  @Test
  void whatMayNotBeDoneTwiceIsNotAskedAgain() {
    try (TestService first = TestService.of("first", request -> request.connection().close());
        TestService second = TestService.of("second", request -> request.connection().close())) {
      assertThat(Caller.post("/test/pair", "{}").statusCode()).isEqualTo(502);
      assertThat(first.requests() + second.requests()).isOne();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void ofAnAnswerThatEndsWithItsHeadNothingIsPassedOn(String method) throws Exception {
    try (TestService first = TestService.of("first", ReplicasTest::onlyAHead);
        TestService second = TestService.of("second", ReplicasTest::onlyAHead)) {
      HttpRequest.Builder request = Caller.signedIn("/test/pair");
      HttpResponse<String> answer =
          Caller.http()
              .sendAsync(
                  (method.equals("GET") ? request : request.POST(BodyPublishers.ofString("{}")))
                      .build(),
                  BodyHandlers.ofString())
              .get(10, TimeUnit.SECONDS);
      assertThat(answer.statusCode()).isEqualTo(502);
      assertThat(Caller.json(answer).getString("code")).isEqualTo("upstream_failed");
      assertThat(answer.headers().firstValueAsLong("Content-Length"))
          .hasValue(answer.body().length());
      assertThat(answer.headers().map()).doesNotContainKeys("Content-Encoding", "X-Theirs");
      assertThat(first.requests() + second.requests()).isOne();
    }
  }

  @Test
  void textIsCompressedForWhoeverWantsIt() throws IOException, InterruptedException {
    String text = "{\"text\":\"" + "so it goes, ".repeat(500) + "\"}";
    try (var _ =
        TestService.of(
            "projects",
            request ->
                request.response().putHeader("Content-Type", "application/json").end(text))) {
      HttpResponse<byte[]> answer =
          Caller.http()
              .send(
                  Caller.signedIn("/api/records").header("Accept-Encoding", "br, gzip").build(),
                  BodyHandlers.ofByteArray());
      assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
      assertThat(answer.body().length).isLessThan(text.length() / 4);
      try (var gzip = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
        assertThat(new String(gzip.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(text);
      }
      assertThat(Caller.get("/api/records").headers().firstValue("Content-Encoding")).isEmpty();
    }
  }

  @Test
  void whatHasAStrongETagIsNotCompressed() {
    try (var _ =
        TestService.of(
            "projects",
            request ->
                request
                    .response()
                    .putHeader("Content-Type", "application/json")
                    .putHeader("ETag", "\"7\"")
                    .end("x".repeat(5_000)))) {
      HttpResponse<String> answer =
          Caller.send(Caller.signedIn("/api/records").header("Accept-Encoding", "gzip"));
      assertThat(answer.headers().firstValue("Content-Encoding")).isEmpty();
      assertThat(answer.headers().firstValue("ETag")).contains("\"7\"");
    }
  }

  @Test
  void eventsAreNotCompressedWhoeverWantsIt() {
    try (var _ =
        TestService.of(
            "projects",
            request ->
                request
                    .response()
                    .putHeader("Content-Type", "text/event-stream")
                    .end("data: " + "x".repeat(5_000) + "\n\n"))) {
      HttpResponse<String> answer =
          Caller.send(Caller.signedIn("/api/records").header("Accept-Encoding", "gzip"));
      assertThat(answer.headers().firstValue("Content-Encoding")).isEmpty();
      assertThat(answer.body()).startsWith("data: x");
    }
  }

  private static void onlyAHead(HttpServerRequest request) {
    request
        .response()
        .putHeader("Content-Length", "5000")
        .putHeader("Content-Encoding", "br")
        .putHeader("X-Theirs", "yes")
        .write(Buffer.buffer())
        .onSuccess(written -> request.connection().close());
  }

  private static void halfAnAnswer(io.vertx.core.http.HttpServerResponse response) {
    response.setChunked(true).write("half").onSuccess(written -> response.reset());
  }
}
