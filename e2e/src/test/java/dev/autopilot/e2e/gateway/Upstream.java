package dev.autopilot.e2e.gateway;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** All services in one: it has a signing key and answers what else is asked with ok. */
final class Upstream implements AutoCloseable {
  private final HttpServer server;

  private Upstream(AccessKey key) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_024);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    answer("/", "ok");
    answer("/.well-known/jwks.json", key.jwks());
    server.start();
  }

  /** It says that nothing was revoked. */
  static Upstream withoutRevocations(AccessKey key) throws IOException {
    Upstream upstream = new Upstream(key);
    upstream.answer("/internal/revocations", "{\"items\":[],\"now\":\"2026-01-01T00:00:00Z\"}");
    return upstream;
  }

  /** It has nothing sensible to say about revocations. */
  static Upstream thatDoesNotKnowRevocations(AccessKey key) throws IOException {
    return new Upstream(key);
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(String path, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        path,
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, bytes.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
          }
        });
  }
}
