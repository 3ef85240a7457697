package dev.autopilot.auth.password;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.autopilot.kernel.http.OutgoingClient;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a service that speaks the range protocol, over HTTP. */
@QuarkusTest
@WithServers
class BreachedPasswordsTest {
  /** SHA-1 of the password: its first five digits are asked with, the rest is looked for. */
  private static final Password KNOWN = new Password("Tr0ub4dor and a horse");

  private static final String PREFIX = "0B58D";
  private static final String REST = "2D73D38CDC868CABB293F355C4BDBBB5261";

  @Inject OutgoingClient client;

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private String answer = "";
  private int status = 200;
  private HttpServer server;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestURI().getPath());
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aPasswordOfABreachIsFoundAndOnlyFiveDigitsAreTold() {
    answer = "00000000000000000000000000000000000:7\r\n" + REST + ":42\r\n";

    assertThat(breached().contains(KNOWN)).isTrue();

    assertThat(asked).containsExactly("/range/" + PREFIX);
  }

  @Test
  void whatOnlyBeginsTheSameOrFillsUpTheAnswerIsNoBreach() {
    answer = "00000000000000000000000000000000000:7\r\n" + REST + ":0\r\n";

    assertThat(breached().contains(KNOWN)).isFalse();
  }

  @Test
  void anOutageOfTheServiceKeepsNobodyFromSettingAPassword() {
    status = 503;
    assertThat(breached().contains(KNOWN)).isFalse();

    server.stop(0);
    assertThat(breached().contains(KNOWN)).isFalse();
  }

  private BreachedPasswords breached() {
    URI address = URI.create("http://localhost:" + server.getAddress().getPort() + "/");
    return new BreachedPasswords(Optional.of(address), client::send);
  }
}
