package dev.autopilot.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.gateway.exchange.Client;
import dev.autopilot.gateway.exchange.Exchange;
import dev.autopilot.gateway.exchange.Refusals;
import dev.autopilot.gateway.load.Load;
import dev.autopilot.gateway.route.RequestPath;
import dev.autopilot.gateway.route.RouteTable;
import dev.autopilot.gateway.testing.TestService;
import dev.autopilot.gateway.testing.WithServices;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Vert.x tells of a request that is lost while it is being written twice. */
@QuarkusTest
@WithServers
@WithServices
class LostTwiceTest {
  private final Upstreams upstreams;
  private final Refusals refusals;
  private final Load load;
  private final RouteTable routes;
  private final AtomicInteger attempts = new AtomicInteger();
  private volatile Handler<Throwable> toldOfTheFirst = loss -> {};

  LostTwiceTest(Upstreams upstreams, Refusals refusals, Load load, RouteTable routes) {
    this.upstreams = upstreams;
    this.refusals = refusals;
    this.load = load;
    this.routes = routes;
  }

  @Test
  void theSecondReportOfALossDoesNotEndTheSecondAttempt() throws Exception {
    AtomicBoolean lost = new AtomicBoolean();
    Handler<HttpServerRequest> losesTheFirst =
        request -> {
          if (lost.compareAndSet(false, true)) {
            var _ = request.connection().close();
          } else {
            var _ = request.response().end("at the second attempt");
          }
        };
    HttpServer gateway =
        TestService.vertx()
            .createHttpServer()
            .requestHandler(this::relay)
            .listen(0)
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    try (var _ = TestService.of("third", losesTheFirst);
        var _ = TestService.of("fourth", losesTheFirst);
        var client = java.net.http.HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create("http://localhost:" + gateway.actualPort()))
                  .version(java.net.http.HttpClient.Version.HTTP_1_1)
                  .timeout(Duration.ofSeconds(10))
                  .build(),
              BodyHandlers.ofString());
      assertThat(answer.body()).isEqualTo("at the second attempt");
      assertThat(attempts).hasValue(2);
    } finally {
      gateway.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private void relay(HttpServerRequest request) {
    request.pause();
    Exchange exchange =
        new Exchange(request, new Client("127.0.0.1", "http", null), "id", System.nanoTime(), 0);
    exchange.routed(RequestPath.of("/test/other-pair"), routes.find("/test/other-pair"));
    HttpClient client = tellingTwice(TestService.vertx().createHttpClient());
    new Relay(exchange, upstreams.named("other-pair"), client, new Deadlines(), refusals, load)
        .start();
  }

  /** Once there is a second request, it tells again that the first was lost. */
  private HttpClient tellingTwice(HttpClient client) {
    return proxy(
        HttpClient.class,
        (method, arguments) -> {
          Future<?> request = (Future<?>) method.invoke(client, arguments);
          return request.map(real -> {
            if (attempts.incrementAndGet() == 2) {
              toldOfTheFirst.handle(new IOException("lost, as was said"));
            }
            return watched((HttpClientRequest) real);
          });
        });
  }

  private HttpClientRequest watched(HttpClientRequest request) {
    return proxy(
        HttpClientRequest.class,
        (method, arguments) -> {
          if (method.getName().equals("exceptionHandler") && attempts.get() == 1) {
            @SuppressWarnings("unchecked") // So it is declared.
            Handler<Throwable> handler = (Handler<Throwable>) arguments[0];
            toldOfTheFirst = handler;
          }
          return method.invoke(request, arguments);
        });
  }

  private interface Behaviour {
    Object of(java.lang.reflect.Method method, Object[] arguments) throws Exception;
  }

  @SuppressWarnings("ReferenceEquality") // What makes a proxy is its identity.
  private static <T> T proxy(Class<T> type, Behaviour behaviour) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) ->
                method.getName().equals("equals")
                    ? (Object) (self == arguments[0])
                    : behaviour.of(method, arguments)));
  }
}
