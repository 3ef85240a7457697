package dev.autopilot.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutgoingClientTest {
  private final Vertx vertx = Vertx.vertx();
  private final CompletableFuture<Void> hangUp = new CompletableFuture<>();
  private final OutgoingClient client =
      new OutgoingClient(vertx, () -> Optional.of(Set.of("localhost")));
  private HttpServer server = vertx.createHttpServer();

  @BeforeAll
  void startAServer() throws Exception {
    server =
        server
            .requestHandler(this::answer)
            .listen(0, "localhost")
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
  }

  @AfterAll
  void stop() throws Exception {
    client.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private void answer(HttpServerRequest request) {
    var response = request.response();
    switch (request.path()) {
      case "/echo" ->
          request
              .bodyHandler(body ->
                  response.putHeader("X-Auth", "" + request.getHeader("Authorization")).end(body))
              .resume();
      case "/large" -> response.end(Buffer.buffer(new byte[100_000]));
      case "/silent" -> request.connection().closeHandler(gone -> hangUp.complete(null));
      case "/there" -> response.setStatusCode(302).putHeader("Location", "/echo").end();
      case "/inside" ->
          response
              .setStatusCode(302)
              .putHeader("Location", "http://169.254.169.254/latest/meta-data")
              .end();
      case "/round" -> response.setStatusCode(302).putHeader("Location", "/round").end();
      default -> response.setStatusCode(404).end();
    }
  }

  @Test
  void sendsABodyAndReadsTheAnswer() throws Exception {
    OutgoingResponse answer =
        client.send(
            OutgoingRequest.send("POST", at("/echo"), Buffer.buffer("hello"))
                .header("Authorization", "Bearer x"));

    assertThat(answer.isSuccess()).isTrue();
    assertThat(answer.text()).isEqualTo("hello");
    assertThat(answer.headers().get("X-Auth")).isEqualTo("Bearer x");
  }

  @Test
  void followsARedirectButNotIntoAPrivateAddress() throws Exception {
    assertThat(client.send(OutgoingRequest.get(at("/there"))).status()).isEqualTo(200);

    assertThatThrownBy(() -> client.send(OutgoingRequest.get(at("/inside"))))
        .isInstanceOf(BlockedAddressException.class);
  }

  @Test
  void givesUpARedirectThatGoesInCircles() throws Exception {
    assertThat(client.send(OutgoingRequest.get(at("/round"))).status()).isEqualTo(302);
  }

  @Test
  void neverDialsAPrivateAddress() {
    URI loopback = URI.create("http://127.0.0.1:" + server.actualPort() + "/echo");

    assertThatThrownBy(() -> client.send(OutgoingRequest.get(loopback)))
        .isInstanceOf(BlockedAddressException.class);
  }

  @Test
  void dialsAPrivateAddressThatTheOperatorChoseButFollowsNoRedirectFromThere() throws Exception {
    URI loopback = URI.create("http://127.0.0.1:" + server.actualPort() + "/there");

    assertThat(client.send(OutgoingRequest.get(loopback).toOperatorsChoice()).status())
        .isEqualTo(302);
  }

  @Test
  void refusesOtherSchemes() {
    assertThatThrownBy(() -> client.send(OutgoingRequest.get(URI.create("file:///etc/passwd"))))
        .isInstanceOf(IOException.class);
  }

  @Test
  void cutsOffAnAnswerThatIsTooLong() {
    assertThatThrownBy(() -> client.send(OutgoingRequest.get(at("/large")).atMost(1_000)))
        .hasMessageContaining("longer than 1000 bytes");
  }

  @Test
  void givesUpASilentServerAndHangsUp() throws Exception {
    assertThatThrownBy(
            () -> client.send(OutgoingRequest.get(at("/silent")).within(Duration.ofMillis(300))))
        .hasMessageContaining("300 ms");

    hangUp.get(5, TimeUnit.SECONDS);
  }

  private URI at(String path) {
    return URI.create("http://localhost:" + server.actualPort() + path);
  }
}
