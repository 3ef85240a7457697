package dev.autopilot.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.autopilot.gateway.testing.Caller;
import dev.autopilot.gateway.testing.TestService;
import dev.autopilot.gateway.testing.WithServices;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
@WithServices
class StreamingTest {
  private static final int MEGABYTE = 1024 * 1024;

  @Test
  void eventsPassAsTheyCome() throws Exception {
    CompletableFuture<HttpServerResponse> stream = new CompletableFuture<>();
    try (var _ = TestService.of("chat", request -> stream.complete(startEvents(request)))) {
      HttpResponse<InputStream> answer =
          Caller.http()
              .send(
                  Caller.signedIn("/api/chat/stream").POST(BodyPublishers.ofString("{}")).build(),
                  BodyHandlers.ofInputStream());
      assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream");
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
        for (int i = 0; i < 20; i++) {
          stream.join().write("data: " + i + "\n\n");
          assertThat(lines.readLine()).isEqualTo("data: " + i);
          assertThat(lines.readLine()).isEmpty();
        }
        stream.join().end();
        assertThat(lines.readLine()).isNull();
      }
    }
  }

  @Test
  void aStreamOutlivesTheTimeoutOfItsRouteAsLongAsItMoves() throws Exception {
    try (var _ =
        TestService.of(
            "projects",
            request -> {
              HttpServerResponse response = startEvents(request);
              AtomicLong sent = new AtomicLong();
              TestService.vertx()
                  .setPeriodic(
                      100,
                      timer -> {
                        if (sent.incrementAndGet() == 12) {
                          TestService.vertx().cancelTimer(timer);
                          response.end("data: last\n\n");
                        } else {
                          response.write(": beat\n\n");
                        }
                      });
            })) {
      assertThat(Caller.get("/test/quick").body()).contains("data: last");
    }
  }

  @Test
  void aSilentStreamIsEndedAfterItsIdleTime() throws Exception {
    CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
    try (var _ =
        TestService.of(
            "projects",
            request -> startEvents(request).closeHandler(gone -> cancelled.complete(true)))) {
      String answer = Caller.raw("GET /test/restless HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(answer).startsWith("HTTP/1.1 200");
      assertThat(cancelled.get(3, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aClientThatGoesAwayTakesTheUpstreamRequestWithIt() throws Exception {
    CompletableFuture<Long> cancelled = new CompletableFuture<>();
    try (var _ =
            TestService.of(
                "projects",
                request ->
                    startEvents(request)
                        .closeHandler(gone -> cancelled.complete(System.nanoTime())));
        Socket client = new Socket("localhost", Caller.port())) {
      client.getOutputStream().write(bytes("GET /test/pass HTTP/1.1\r\nHost: x\r\n\r\n"));
      assertThat(client.getInputStream().read()).isEqualTo('H');
      long left = System.nanoTime();
      hangUp(client);
      assertThat(Duration.ofNanos(cancelled.get(2, TimeUnit.SECONDS) - left))
          .isLessThan(Duration.ofMillis(500));
    }
  }

  @Test
  void aClientThatGoesAwayBeforeTheFirstByteDoesSoToo() throws Exception {
    CompletableFuture<Boolean> asked = new CompletableFuture<>();
    CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
    try (var _ =
            TestService.of(
                "projects",
                request -> {
                  request.response().closeHandler(gone -> cancelled.complete(true));
                  asked.complete(true);
                });
        Socket client = new Socket("localhost", Caller.port())) {
      client
          .getOutputStream()
          .write(bytes("POST /test/pass HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}"));
      asked.get(2, TimeUnit.SECONDS);
      hangUp(client);
      assertThat(cancelled.get(2, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aServiceThatDiesMidwayDoesNotLookLikeTheEnd() throws Exception {
    try (var _ =
        TestService.of(
            "projects",
            request ->
                request
                    .response()
                    .setChunked(true)
                    .write("half")
                    .onSuccess(written -> request.connection().close()))) {
      String answer = Caller.raw("GET /test/pass HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(answer).contains("half").doesNotContain("0\r\n\r\n");
    }
  }

  @Test
  void anUploadIsNotBuffered() throws Exception {
    CompletableFuture<HttpServerRequest> upload = new CompletableFuture<>();
    AtomicLong arrived = new AtomicLong();
    int size = 64 * MEGABYTE;
    try (var _ =
            TestService.of(
                "projects",
                request -> {
                  request.pause();
                  request.handler(part -> arrived.addAndGet(part.length()));
                  request.endHandler(end -> request.response().end("got " + arrived.get()));
                  upload.complete(request);
                });
        Socket client = new Socket("localhost", Caller.port())) {
      AtomicLong sent = new AtomicLong();
      Thread sender =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  OutputStream out = client.getOutputStream();
                  out.write(bytes(head("/api/files", size)));
                  byte[] part = new byte[64 * 1024];
                  for (int i = 0; i < size / part.length; i++) {
                    out.write(part);
                    sent.addAndGet(part.length);
                  }
                } catch (IOException expectedWhenTheTestFails) {
                  sent.set(-1);
                }
              });
      HttpServerRequest request = upload.get(2, TimeUnit.SECONDS);
      AtomicLong before = new AtomicLong(-1);
      await()
          .pollInterval(Duration.ofMillis(300))
          .until(() -> before.getAndSet(sent.get()) == sent.get());
      assertThat(sent.get()).as("bytes taken while nobody reads").isLessThan(24L * MEGABYTE);
      request.resume();
      sender.join();
      client.setSoTimeout(5_000);
      assertThat(readHeadAndBody(client)).contains("got " + size);
    }
  }

  @Test
  void aDownloadIsNotBuffered() throws Exception {
    AtomicLong written = new AtomicLong();
    AtomicBoolean full = new AtomicBoolean();
    long size = 64L * MEGABYTE;
    try (var _ =
            TestService.of(
                "projects",
                request -> {
                  HttpServerResponse response =
                      request.response().putHeader("Content-Length", "" + size);
                  pour(response, Buffer.buffer(new byte[64 * 1024]), size, written, full);
                });
        Socket client = new Socket("localhost", Caller.port())) {
      client.setSoTimeout(5_000);
      client
          .getOutputStream()
          .write(bytes("GET /api/files/1 HTTP/1.1\r\nHost: x\r\n" + authorization() + "\r\n"));
      await().until(full::get);
      AtomicLong before = new AtomicLong(-1);
      await()
          .pollInterval(Duration.ofMillis(300))
          .until(() -> before.getAndSet(written.get()) == written.get());
      assertThat(written.get()).as("bytes taken while nobody reads").isLessThan(24L * MEGABYTE);
      long received = 0;
      byte[] buffer = new byte[MEGABYTE];
      while (received < size) {
        received += client.getInputStream().read(buffer);
      }
      assertThat(received).isGreaterThanOrEqualTo(size);
    }
  }

  @Test
  void aClientThatStallsIsItsOwnFaultAndNotTheServices() throws Exception {
    List<Socket> stalled = new ArrayList<>();
    try (var _ = TestService.echo("projects")) {
      for (int i = 0; i < 6; i++) {
        Socket client = new Socket("localhost", Caller.port());
        stalled.add(client);
        client.setSoTimeout(5_000);
        client.getOutputStream().write(bytes(head("/test/quick", 10) + "part"));
      }
      for (Socket client : stalled) {
        assertThat(firstLine(client)).startsWith("HTTP/1.1 408");
      }
      assertThat(Caller.get("/test/pass").statusCode()).isEqualTo(200);
    } finally {
      for (Socket client : stalled) {
        client.close();
      }
    }
  }

  @Test
  void anUploadMustMakeProgressAndNotOnlyMove() throws Exception {
    try (var _ = TestService.echo("projects");
        Socket client = new Socket("localhost", Caller.port())) {
      assertThat(trickle(client, 1, 100)).startsWith("HTTP/1.1 408");
    }
  }

  @Test
  void anUploadThatMakesProgressOutlivesTheTimeoutOfItsRoute() throws Exception {
    try (var _ = TestService.echo("projects");
        Socket client = new Socket("localhost", Caller.port())) {
      assertThat(trickle(client, 1_000, 20)).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void whoWaitsForAWordBeforeSendingGetsItOrARefusal() {
    try (var _ = TestService.echo("projects")) {
      String expect =
          "POST /test/small HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: ";
      assertThat(Caller.raw(expect + "5\r\n\r\n")).startsWith("HTTP/1.1 100 Continue");
      assertThat(Caller.raw(expect + "5000\r\n\r\n")).startsWith("HTTP/1.1 413");
    }
  }

  @Test
  void anAnswerThatComesBeforeTheBodyIsWholeIsPassedOn() {
    try (var _ =
        TestService.of("projects", request -> request.response().setStatusCode(415).end("no"))) {
      String answer =
          Caller.raw("POST /test/pass HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\npart");
      assertThat(answer).startsWith("HTTP/1.1 415").endsWith("no");
    }
  }

  /** Sends a part ten times a second until all are sent or there is an answer. */
  private static String trickle(Socket client, int part, int parts) throws IOException {
    client.getOutputStream().write(bytes(head("/test/upload", (long) part * parts)));
    client.setSoTimeout(100);
    for (int i = 0; i < parts; i++) {
      client.getOutputStream().write(new byte[part]);
      try {
        return firstLine(client);
      } catch (SocketTimeoutException notYet) {
        // The next part, then.
      }
    }
    client.setSoTimeout(5_000);
    return firstLine(client);
  }

  private static String firstLine(Socket client) throws IOException {
    byte[] start = client.getInputStream().readNBytes(16);
    return new String(start, StandardCharsets.ISO_8859_1);
  }

  private static HttpServerResponse startEvents(HttpServerRequest request) {
    HttpServerResponse response =
        request.response().setChunked(true).putHeader("Content-Type", "text/event-stream");
    var _ = response.write(Buffer.buffer());
    return response;
  }

  private static void pour(
      HttpServerResponse response, Buffer part, long size, AtomicLong written, AtomicBoolean full) {
    while (written.get() < size) {
      if (response.writeQueueFull()) {
        full.set(true);
        response.drainHandler(drained -> pour(response, part, size, written, full));
        return;
      }
      written.addAndGet(part.length());
      var _ = response.write(part.copy());
    }
    var _ = response.end();
  }

  private static String head(String path, long length) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: x\r\n"
        + authorization()
        + "Content-Length: "
        + length
        + "\r\n\r\n";
  }

  private static String authorization() {
    return "Authorization: "
        + Caller.signedIn("/").build().headers().firstValue("Authorization").orElseThrow()
        + "\r\n";
  }

  private static String readHeadAndBody(Socket client) throws IOException {
    byte[] buffer = new byte[4096];
    StringBuilder answer = new StringBuilder();
    while (!answer.toString().contains("got")) {
      answer.append(
          new String(buffer, 0, client.getInputStream().read(buffer), StandardCharsets.UTF_8));
    }
    return answer.toString();
  }

  private static void hangUp(Socket client) throws IOException {
    client.close();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
