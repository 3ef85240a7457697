package dev.autopilot.gateway.testing;

import static org.awaitility.Awaitility.await;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.BindException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.ConfigProvider;

/** A tiny real service behind the gateway. */
public final class TestService implements AutoCloseable {
  private static final Vertx VERTX = Vertx.vertx();

  private final HttpServer server;
  private final AtomicInteger requests = new AtomicInteger();

  private TestService(int port, Handler<HttpServerRequest> behaviour) {
    this.server =
        VERTX
            .createHttpServer(new HttpServerOptions().setMaxHeaderSize(64 * 1024))
            .requestHandler(request -> {
              requests.incrementAndGet();
              behaviour.handle(request);
            });
    // Whoever looks for a free port, in another process too, holds it for a moment.
    await()
        .ignoreExceptionsMatching(taken -> taken.getCause() instanceof BindException)
        .until(() ->
            server.listen(port, "localhost").toCompletionStage().toCompletableFuture().join()
                != null);
  }

  public static TestService of(String name, Handler<HttpServerRequest> behaviour) {
    return at("autopilot.services." + name + ".url", behaviour);
  }

  /** Where that setting of the gateway says. */
  public static TestService at(String setting, Handler<HttpServerRequest> behaviour) {
    String url = ConfigProvider.getConfig().getValue(setting, String.class);
    return new TestService(URI.create(url).getPort(), behaviour);
  }

  /** Answers with what it heard: method, target, headers and body, as JSON. */
  public static TestService echo(String name) {
    return of(name, TestService::echo);
  }

  public static Vertx vertx() {
    return VERTX;
  }

  public int requests() {
    return requests.get();
  }

  @Override
  public void close() {
    server.close().toCompletionStage().toCompletableFuture().join();
  }

  private static void echo(HttpServerRequest request) {
    JsonObject headers = new JsonObject();
    request
        .headers()
        .forEach((name, value) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), value));
    request
        .body()
        .onSuccess(body ->
            request
                .response()
                .putHeader("Content-Type", "application/json")
                .end(
                    new JsonObject()
                        .put("method", request.method().name())
                        .put("target", request.uri())
                        .put("headers", headers)
                        .put("body", body.toString())
                        .encode()));
  }
}
