package dev.autopilot.gateway.upstream;

import dev.autopilot.gateway.exchange.Exchange;
import dev.autopilot.gateway.exchange.Refusals;
import dev.autopilot.kernel.problem.CommonError;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Answers that are the same for everybody, such as health: asked for once, however many want to
 * know, and given again for as long as the route allows. Failures are told to those who wait and
 * not kept. Confined to its event loop.
 */
final class Snapshots {
  private final HttpClient client;
  private final Refusals refusals;
  private final Map<String, Snapshot> byPattern = new HashMap<>();

  Snapshots(HttpClient client, Refusals refusals) {
    this.client = client;
    this.refusals = refusals;
  }

  private record Answer(int status, @Nullable String contentType, Buffer body) {}

  private static final class Snapshot {
    private final List<Exchange> waiting = new ArrayList<>();
    private @Nullable Answer answer;
    private long until;
  }

  /** Only what nobody's token or question can make different. */
  static boolean suits(Exchange exchange) {
    return exchange.route().snapshotNanos() > 0
        && exchange.request().method().equals(HttpMethod.GET)
        && !exchange.hasBody()
        && exchange.path().target().equals(exchange.route().pattern());
  }

  void answer(Exchange exchange, Upstream upstream) {
    Snapshot snapshot =
        byPattern.computeIfAbsent(exchange.route().pattern(), first -> new Snapshot());
    Answer present = snapshot.answer;
    if (present != null && System.nanoTime() - snapshot.until < 0) {
      tell(exchange, present);
      return;
    }
    snapshot.waiting.add(exchange);
    if (snapshot.waiting.size() == 1) {
      Future<Answer> asked = ask(exchange, upstream);
      asked.onComplete(answer -> settle(snapshot, exchange.route().snapshotNanos(), answer));
    }
  }

  private Future<Answer> ask(Exchange exchange, Upstream upstream) {
    Replica replica = upstream.choose(null, System.nanoTime());
    if (replica == null) {
      return Future.failedFuture(CommonError.UNAVAILABLE.problem());
    }
    replica.begin();
    return client
        .request(
            new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost(replica.host())
                .setPort(replica.port())
                .setSsl(replica.tls())
                .setTimeout(TimeUnit.NANOSECONDS.toMillis(exchange.route().timeoutNanos()))
                .setURI(exchange.route().pattern()))
        .compose(HttpClientRequest::send)
        .compose(Snapshots::whole)
        .onComplete(answer -> {
          replica.end();
          if (answer.succeeded()) {
            replica.breaker().succeeded();
          } else {
            replica.breaker().failed(System.nanoTime());
          }
        });
  }

  private static Future<Answer> whole(HttpClientResponse response) {
    return response
        .body()
        .map(body ->
            new Answer(
                response.statusCode(), response.headers().get(HttpHeaders.CONTENT_TYPE), body));
  }

  private void settle(Snapshot snapshot, long kept, AsyncResult<Answer> answer) {
    List<Exchange> waiting = List.copyOf(snapshot.waiting);
    snapshot.waiting.clear();
    if (answer.succeeded()) {
      snapshot.answer = answer.result();
      snapshot.until = System.nanoTime() + kept;
      waiting.forEach(exchange -> tell(exchange, answer.result()));
    } else {
      waiting.forEach(exchange -> refusals.refuse(exchange, CommonError.UPSTREAM_FAILED.problem()));
    }
  }

  private static void tell(Exchange exchange, Answer answer) {
    if (exchange.response().closed()) {
      return;
    }
    exchange.response().setStatusCode(answer.status());
    if (answer.contentType() != null) {
      exchange.response().putHeader(HttpHeaders.CONTENT_TYPE, answer.contentType());
    }
    exchange.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    var _ = exchange.response().end(answer.body());
    exchange.request().resume();
  }
}
