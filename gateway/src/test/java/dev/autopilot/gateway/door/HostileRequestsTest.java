package dev.autopilot.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.gateway.testing.Caller;
import dev.autopilot.gateway.testing.TestService;
import dev.autopilot.gateway.testing.WithServices;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Byte for byte over a socket, since HTTP clients are too well-mannered. */
@QuarkusTest
@WithServers
@WithServices
class HostileRequestsTest {
  private static final String HEAD = "POST /test/pass HTTP/1.1\r\nHost: x\r\n";

  static Stream<Arguments> attacks() {
    return Stream.of(
        attack(
            "a length beside chunked encoding",
            HEAD
                + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n"),
        attack(
            "chunked encoding before a length",
            HEAD + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n"),
        attack(
            "two different lengths", HEAD + "Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde"),
        attack(
            "the same length twice", HEAD + "Content-Length: 4\r\nContent-Length: 4\r\n\r\nabcd"),
        attack("two lengths in one", HEAD + "Content-Length: 4, 4\r\n\r\nabcd"),
        attack("a negative length", HEAD + "Content-Length: -1\r\n\r\n"),
        attack("a signed length", HEAD + "Content-Length: +4\r\n\r\nabcd"),
        attack("a length in hex", HEAD + "Content-Length: 0x4\r\n\r\nabcd"),
        attack(
            "a length beyond all numbers", HEAD + "Content-Length: 99999999999999999999\r\n\r\n"),
        attack("an unknown encoding", HEAD + "Transfer-Encoding: xchunked\r\n\r\n"),
        attack(
            "identity encoding",
            HEAD + "Transfer-Encoding: identity\r\nContent-Length: 4\r\n\r\nabcd"),
        attack(
            "chunked twice",
            HEAD + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        attack(
            "chunked and something",
            HEAD + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"),
        attack("something and chunked", HEAD + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
        attack("a space before the colon", HEAD + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n"),
        attack("a tab inside the encoding", HEAD + "Transfer-Encoding: chu\tnked\r\n\r\n0\r\n\r\n"),
        attack(
            "a vertical tab before the encoding",
            HEAD + "Transfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n"),
        attack(
            "chunks in HTTP/1.0",
            "POST /test/pass HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        attack(
            "a chunk size that is no number",
            HEAD + "Transfer-Encoding: chunked\r\n\r\nZZ\r\nabc\r\n0\r\n\r\n"),
        attack(
            "a negative chunk size",
            HEAD + "Transfer-Encoding: chunked\r\n\r\n-1\r\nabc\r\n0\r\n\r\n"),
        attack("bare line feeds", "GET /test/pass HTTP/1.1\nHost: x\n\n"),
        attack(
            "a bare line feed between headers",
            "GET /test/pass HTTP/1.1\r\nHost: x\nX-A: b\r\n\r\n"),
        attack("a null in a header", "GET /test/pass HTTP/1.1\r\nHost: x\r\nX-A: b\u0000c\r\n\r\n"),
        attack(
            "a header name with a space", "GET /test/pass HTTP/1.1\r\nHost: x\r\nX A: b\r\n\r\n"),
        attack("a header without a name", "GET /test/pass HTTP/1.1\r\nHost: x\r\n: b\r\n\r\n"),
        attack("no host", "GET /test/pass HTTP/1.1\r\n\r\n"),
        attack("two hosts", "GET /test/pass HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n"),
        attack("a host that is a path", "GET /test/pass HTTP/1.1\r\nHost: x/../y\r\n\r\n"),
        attack("a host with credentials", "GET /test/pass HTTP/1.1\r\nHost: a@b\r\n\r\n"),
        attack("a method that isn't one", "GE T /test/pass HTTP/1.1\r\nHost: x\r\n\r\n"),
        attack("a version that isn't one", "GET /test/pass HTTP/9.9\r\nHost: x\r\n\r\n"),
        attack("not HTTP at all", "\u0016\u0003\u0001client hello\r\n\r\n"),
        attack("TRACE", "TRACE /test/pass HTTP/1.1\r\nHost: x\r\n\r\n"),
        attack("CONNECT", "CONNECT internal:22 HTTP/1.1\r\nHost: x\r\n\r\n"),
        attack("an encoded slash", "GET /test/pass/..%2f..%2finternal HTTP/1.1\r\nHost: x\r\n\r\n"),
        attack("a backslash", "GET /test/pass\\..\\internal HTTP/1.1\r\nHost: x\r\n\r\n"),
        attack("a path parameter", "GET /test/pass;/../internal HTTP/1.1\r\nHost: x\r\n\r\n"),
        attack("an encoded null", "GET /test/pass/%00 HTTP/1.1\r\nHost: x\r\n\r\n"),
        attack("climbing above the root", "GET /test/../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n"),
        attack(
            "dot segments into the inside",
            "GET /test/pass/../../internal/token HTTP/1.1\r\nHost: x\r\n\r\n"),
        attack(
            "encoded dot segments",
            "GET /test/pass/%2e%2e/%2E%2e/internal/token HTTP/1.1\r\nHost: x\r\n\r\n"),
        attack(
            "a header injected by the path",
            "GET /test/pass/%0d%0aX-A:b HTTP/1.1\r\nHost: x\r\n\r\n"),
        attack(
            "Connection naming the length",
            HEAD + "Content-Length: 4\r\nConnection: content-length\r\n\r\nabcd"),
        attack(
            "Connection naming the host",
            "GET /test/pass HTTP/1.1\r\nHost: x\r\nConnection: close, host\r\n\r\n"),
        attack(
            "a request line without end",
            "GET /" + "a".repeat(9000) + " HTTP/1.1\r\nHost: x\r\n\r\n"),
        attack(
            "headers without end",
            "GET /test/pass HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(17_000) + "\r\n\r\n"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("attacks")
  void areAnsweredWith4xxAndReachNobody(String name, String bytes) {
    try (TestService projects = TestService.echo("projects")) {
      String answer = Caller.raw(bytes);
      assertThat(answer).startsWith("HTTP/1.").containsPattern("^HTTP/1\\.\\d 4\\d\\d ");
      assertThat(answer).contains("application/problem+json").containsIgnoringCase("x-request-id:");
      assertThat(answer.split("HTTP/1\\.1 ", -1)).as("one answer").hasSizeLessThanOrEqualTo(2);
      assertThat(projects.requests()).isZero();
    }
  }

  @Test
  void headersThatBelongToTheConnectionGoNoFurther() {
    try (var _ = TestService.echo("projects")) {
      JsonObject heard =
          heard(
              "Connection: close, X-Private",
              "X-Private: 1",
              "Keep-Alive: timeout=5",
              "Proxy-Connection: close",
              "Proxy-Authorization: Basic eA==",
              "TE: trailers",
              "Trailer: X-T",
              "Upgrade: h2c",
              "HTTP2-Settings: AAA",
              "X-Public: 2");
      assertThat(heard.fieldNames())
          .contains("x-public")
          .doesNotContain(
              "connection",
              "x-private",
              "keep-alive",
              "proxy-connection",
              "proxy-authorization",
              "te",
              "trailer",
              "upgrade",
              "http2-settings");
    }
  }

  @Test
  void whereARequestComesFromIsNotForTheClientToSay() {
    try (var _ = TestService.echo("projects")) {
      JsonObject heard =
          heard(
              "Connection: close",
              "X-Forwarded-For: 1.2.3.4",
              "X-Forwarded-Proto: https",
              "X-Forwarded-Host: evil",
              "X-Forwarded-Prefix: /evil",
              "Forwarded: for=1.2.3.4",
              "X-Real-IP: 1.2.3.4");
      assertThat(heard.getString("x-forwarded-for")).isEqualTo("127.0.0.1");
      assertThat(heard.getString("x-forwarded-proto")).isEqualTo("http");
      assertThat(heard.getString("x-forwarded-host")).isEqualTo("front.example");
      assertThat(heard.fieldNames()).doesNotContain("forwarded", "x-real-ip", "x-forwarded-prefix");
    }
  }

  @Test
  void headersOfAServicesConnectionDoNotReachTheClient() {
    try (var _ =
        TestService.of(
            "projects",
            request ->
                request
                    .response()
                    .putHeader("Connection", "close, X-Private")
                    .putHeader("X-Private", "1")
                    .putHeader("Keep-Alive", "timeout=5")
                    .putHeader("Proxy-Authenticate", "Basic")
                    .putHeader("X-Public", "2")
                    .end("fine"))) {
      String answer = Caller.raw("GET /test/pass HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(answer)
          .startsWith("HTTP/1.1 200")
          .containsIgnoringCase("x-public: 2")
          .doesNotContainIgnoringCase("x-private")
          .doesNotContainIgnoringCase("keep-alive")
          .doesNotContainIgnoringCase("proxy-authenticate");
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() {
    try (var _ = TestService.echo("projects")) {
      String answer =
          Caller.raw(request("/test/pass/1") + request("/nowhere") + request("/test/pass/3"));
      assertThat(answer.indexOf("/test/pass/1")).isPositive();
      assertThat(answer.indexOf("HTTP/1.1 404")).isGreaterThan(answer.indexOf("/test/pass/1"));
      assertThat(answer.indexOf("/test/pass/3")).isGreaterThan(answer.indexOf("HTTP/1.1 404"));
    }
  }

  @Test
  void whoeverSendsAHeadByteByByteIsHungUpOn() throws Exception {
    try (var socket = new java.net.Socket("localhost", Caller.port())) {
      socket.setSoTimeout(5_000);
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHo".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void theAbsoluteFormIsUnderstood() {
    try (var _ = TestService.echo("projects")) {
      String answer =
          Caller.raw("GET http://x/test/pass?a=b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      assertThat(answer).startsWith("HTTP/1.1 200").contains("/test/pass?a=b");
    }
  }

  @Test
  void aClientOfHttp10IsAnswered() {
    try (var _ =
        TestService.of("projects", request -> request.response().setChunked(true).end("old"))) {
      String answer = Caller.raw("GET /test/pass HTTP/1.0\r\n\r\n");
      assertThat(answer).startsWith("HTTP/1.").contains(" 200 ").endsWith("old");
      assertThat(answer).doesNotContainIgnoringCase("transfer-encoding");
    }
  }

  private static String request(String path, String... headers) {
    String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    return "GET " + path + " HTTP/1.1\r\nHost: front.example\r\n" + more + "\r\n";
  }

  private static JsonObject heard(String... headers) {
    String answer = Caller.raw(request("/test/pass", headers));
    return new JsonObject(answer.substring(answer.indexOf("\r\n\r\n") + 4))
        .getJsonObject("headers");
  }

  private static Arguments attack(String name, String bytes) {
    return Arguments.of(name, bytes);
  }
}
