package dev.autopilot.gateway.upstream;

import dev.autopilot.gateway.exchange.Exchange;
import dev.autopilot.gateway.exchange.Refusals;
import dev.autopilot.gateway.load.Load;
import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.kernel.problem.ProblemException;
import io.vertx.core.AsyncResult;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One exchange with a service: the request streamed to it, the answer streamed back, each no faster
 * than its reader reads. Whichever side goes away takes the other with it. Confined to its event
 * loop.
 */
final class Relay extends Deadlines.Watched {
  private static final Logger LOG = Logger.getLogger(Relay.class);
  private static final Set<HttpMethod> IDEMPOTENT =
      Set.of(
          HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.PUT, HttpMethod.DELETE);

  private final Exchange exchange;
  private final Upstream upstream;
  private final HttpClient client;
  private final Deadlines deadlines;
  private final Refusals refusals;
  private final Load load;

  private final long startedAt = System.nanoTime();

  private @Nullable Replica replica;
  private @Nullable HttpClientRequest request;
  private @Nullable RequestBody requestBody;
  private @Nullable ResponseBody responseBody;
  private boolean retried;
  private boolean answering;
  private boolean over;

  Relay(
      Exchange exchange,
      Upstream upstream,
      HttpClient client,
      Deadlines deadlines,
      Refusals refusals,
      Load load) {
    this.exchange = exchange;
    this.upstream = upstream;
    this.client = client;
    this.deadlines = deadlines;
    this.refusals = refusals;
    this.load = load;
  }

  void start() {
    deadlines.watch(this, startedAt + exchange.route().timeoutNanos());
    exchange.whenGone(this::clientGone);
    exchange.whenRefused(this::fail);
    attempt();
  }

  /** Something moved; a stream may go on for another idle time. */
  void moved() {
    if (answering || exchange.route().streaming()) {
      extendTo(System.nanoTime() + exchange.route().idleNanos());
    }
  }

  /**
   * More of the request's body has come. Until it is whole it must make progress as well as move:
   * who sends a byte now and then would have its place for ever.
   *
   * @param nanosPassed what the body may have taken so far
   */
  void received(long now, long nanosPassed) {
    if (answering) {
      extendTo(now + exchange.route().idleNanos());
    } else if (exchange.route().streaming()) {
      long untilIdle = now - startedAt + exchange.route().idleNanos();
      extendTo(startedAt + Math.min(untilIdle, exchange.route().timeoutNanos() + nanosPassed));
    }
  }

  private void attempt() {
    Replica chosen = upstream.choose(replica, System.nanoTime());
    if (chosen == null) {
      fail(
          CommonError.UNAVAILABLE
              .problem("The service that answers this is not there just now.")
              .retryAfter(Duration.ofSeconds(1)));
      return;
    }
    replica = chosen;
    chosen.begin();
    client
        .request(
            new RequestOptions()
                .setMethod(exchange.request().method())
                .setHost(chosen.host())
                .setPort(chosen.port())
                .setSsl(chosen.tls())
                .setURI(exchange.path().target()))
        .onComplete(this::connected);
  }

  private void connected(AsyncResult<HttpClientRequest> connection) {
    if (connection.failed()) {
      lost(null, connection.cause());
      return;
    }
    HttpClientRequest to = connection.result();
    to.exceptionHandler(cause -> lost(to, cause));
    if (over) {
      to.reset();
      return;
    }
    request = to;
    ForwardedHeaders.toService(exchange, to.headers());
    to.response().onComplete(answer -> answered(to, answer));
    if (exchange.hasBody()) {
      requestBody = new RequestBody(exchange, to, this);
      requestBody.start();
    } else {
      var _ = to.end();
      exchange.request().resume();
    }
  }

  private void answered(HttpClientRequest to, AsyncResult<HttpClientResponse> answer) {
    if (answer.failed()) {
      lost(to, answer.cause());
      return;
    }
    if (over || !to.equals(request)) {
      return;
    }
    if (replica != null) {
      replica.breaker().succeeded();
    }
    responseBody = new ResponseBody(exchange, answer.result(), this);
    answering = responseBody.start();
    if (answering) {
      load.streams(exchange);
      moved();
    }
  }

  /** Whether the service answers before it has read the whole request. */
  boolean isBodyStillComing() {
    return requestBody != null && !requestBody.isSent();
  }

  /** The service's answer has been passed on to its end. */
  void delivered() {
    if (over) {
      return;
    }
    boolean bodyStillComing = isBodyStillComing();
    end();
    if (bodyStillComing && request != null) {
      request.reset();
      refusals.discardRest(exchange);
    }
  }

  /**
   * The connection to the service broke, or never came to be. One loss may be reported twice, by
   * the request and by its answer; by then another replica may be asked.
   *
   * @param attempt which request was lost; null when there was no connection for one
   */
  void lost(@Nullable HttpClientRequest attempt, Throwable cause) {
    if (over || !Objects.equals(attempt, request)) {
      return;
    }
    if (replica != null) {
      replica.breaker().failed(System.nanoTime());
      LOG.debugf(
          "Request %s: %s:%d: %s", exchange.requestId(), replica.host(), replica.port(), cause);
    }
    if (mayRetry()) {
      retried = true;
      if (replica != null) {
        replica.end();
      }
      request = null;
      attempt();
      return;
    }
    fail(CommonError.UPSTREAM_FAILED.problem());
  }

  /** Refuses, and lets go of the service. */
  void fail(ProblemException refusal) {
    if (over) {
      return;
    }
    end();
    if (request != null) {
      request.reset();
    }
    refusals.refuse(exchange, refusal);
  }

  @Override
  void expired() {
    if (requestBody != null && !requestBody.isSent() && !requestBody.isWaitingForService()) {
      fail(CommonError.REQUEST_TIMEOUT.problem());
      return;
    }
    if (replica != null && !exchange.response().headWritten()) {
      replica.breaker().failed(System.nanoTime());
    }
    fail(CommonError.UPSTREAM_TIMEOUT.problem());
  }

  private void clientGone() {
    if (over) {
      return;
    }
    end();
    if (request != null) {
      request.reset();
    }
  }

  private void end() {
    over = true;
    deadlines.forget(this);
    if (responseBody != null) {
      responseBody.abandon();
    }
    if (replica != null) {
      replica.end();
      replica = null;
    }
  }

  /** Once, and only what may be done twice and has not been answered in part. */
  private boolean mayRetry() {
    return !retried
        && !exchange.hasBody()
        && responseBody == null
        && IDEMPOTENT.contains(exchange.request().method());
  }
}
