package dev.autopilot.gateway.door;

import dev.autopilot.gateway.exchange.Client;
import dev.autopilot.gateway.exchange.Exchange;
import dev.autopilot.gateway.exchange.Gate;
import dev.autopilot.gateway.exchange.OwnPage;
import dev.autopilot.gateway.exchange.Refusals;
import dev.autopilot.gateway.exchange.Watcher;
import dev.autopilot.gateway.load.Load;
import dev.autopilot.gateway.route.RequestPath;
import dev.autopilot.gateway.route.Route;
import dev.autopilot.gateway.route.RouteTable;
import dev.autopilot.gateway.sight.Tracing;
import dev.autopilot.gateway.upstream.Forwarding;
import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.kernel.problem.ErrorCode;
import dev.autopilot.kernel.problem.ProblemException;
import dev.autopilot.kernel.web.RequestId;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One event loop's share of the door: every connection stays with one of them. */
final class Door {
  private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized(RequestId.HEADER);

  private final RouteTable routes;
  private final Gates gates;
  private final List<OwnPage> ownPages;
  private final Refusals refusals;
  private final Forwarding forwarding;
  private final Load load;
  private final Watcher[] watchers;
  private final Tracing tracing;
  private final TrustedProxies proxies;
  private final HttpServer server;

  /** Must be made on the event loop that it is for. */
  Door(
      Vertx vertx,
      DoorSettings settings,
      RouteTable routes,
      Gates gates,
      List<OwnPage> ownPages,
      Refusals refusals,
      Forwarding forwarding,
      Load load,
      List<Watcher> watchers,
      Tracing tracing) {
    this.routes = routes;
    this.gates = gates;
    this.ownPages = ownPages;
    this.refusals = refusals;
    this.forwarding = forwarding;
    this.load = load;
    this.watchers = watchers.toArray(Watcher[]::new);
    this.tracing = tracing;
    this.proxies = new TrustedProxies(settings.trustedProxies().orElse(List.of()));
    this.server =
        vertx
            .createHttpServer(options(settings))
            .connectionHandler(connection -> StrictRequests.readFrom(connection, settings))
            .invalidRequestHandler(this::refuseMalformed)
            .requestHandler(this::enter);
  }

  Future<HttpServer> open() {
    return server.listen();
  }

  int port() {
    return server.actualPort();
  }

  /** Which port 0 means must be the same for all loops: -1 says that to Vert.x. */
  private static HttpServerOptions options(DoorSettings settings) {
    return new HttpServerOptions()
        .setHost(settings.host())
        .setPort(settings.port() == 0 ? -1 : settings.port())
        .setHttp2ClearTextEnabled(false)
        .setTcpNoDelay(true)
        // Nobody speaks WebSocket here; its handlers would look at every message.
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setAcceptBacklog(4096)
        .setIdleTimeout((int) settings.idleTimeout().toSeconds())
        .setIdleTimeoutUnit(TimeUnit.SECONDS);
  }

  /** The body stays where it is until somebody wants it. */
  private void enter(HttpServerRequest request) {
    request.pause();
    long now = System.nanoTime();
    String id = RequestId.choose(request.headers().get(REQUEST_ID));
    request.response().headers().set(REQUEST_ID, id);
    Client client = proxies.client(request);
    Exchange exchange;
    try {
      exchange = new Exchange(request, client, id, now, RequestShape.bodyLength(request));
    } catch (ProblemException inDoubt) {
      refusals.refuse(watched(new Exchange(request, client, id, now, Exchange.CHUNKED)), inDoubt);
      return;
    }
    watched(exchange);
    tracing.begin(exchange);
    if (exchange.bodyLength() == Exchange.CHUNKED) {
      StrictRequests.whenBroken(request, () -> refuseMidway(exchange));
    }
    try {
      RequestShape.check(request);
      find(exchange);
      Future<Boolean> admission = gates.pass(exchange);
      if (Gate.hasPassed(admission)) {
        answer(exchange);
      } else {
        admission.onComplete(decided -> {
          if (decided.failed()) {
            refusals.refuse(exchange, decided.cause());
          } else if (decided.result()) {
            answer(exchange);
          }
        });
      }
    } catch (Throwable failure) {
      // Whatever it is, and be it an error of the JVM's: who asked doesn't wait for ever.
      refusals.refuse(exchange, failure);
    }
  }

  private Exchange watched(Exchange exchange) {
    exchange.response().closeHandler(gone -> exchange.gone());
    exchange.response().endHandler(done -> over(exchange));
    return exchange;
  }

  private void over(Exchange exchange) {
    load.over(exchange);
    int status =
        exchange.response().headWritten()
            ? exchange.response().getStatusCode()
            : Watcher.CLIENT_GONE;
    long nanos = System.nanoTime() - exchange.startedAt();
    for (Watcher watcher : watchers) {
      watcher.over(exchange, status, nanos);
    }
  }

  private void refuseMidway(Exchange exchange) {
    ProblemException refusal = CommonError.BAD_REQUEST.problem("The chunks are not well-formed.");
    Consumer<ProblemException> concerned = exchange.whenRefused();
    if (concerned == null) {
      refusals.refuse(exchange, refusal);
    } else {
      concerned.accept(refusal);
    }
  }

  private void find(Exchange exchange) {
    RequestPath path = RequestPath.of(exchange.request().uri());
    Route route = routes.find(path.path());
    if (path.isAmbiguous() && !route.opaquePath()) {
      throw CommonError.BAD_REQUEST.problem(
          "Encoded slashes, backslashes and path parameters are not used here.");
    }
    exchange.routed(path, route);
  }

  private void answer(Exchange exchange) {
    try {
      if (exchange.route().isAnsweredHere()) {
        ownPage(exchange.path().path()).answer(exchange);
      } else {
        forwarding.forward(exchange);
      }
    } catch (Throwable failure) {
      refusals.refuse(exchange, failure);
    }
  }

  private OwnPage ownPage(String path) {
    for (OwnPage page : ownPages) {
      if (page.isAt(path)) {
        return page;
      }
    }
    throw CommonError.NOT_FOUND.problem();
  }

  /** After something that isn't HTTP nobody knows where the next request begins. */
  private void refuseMalformed(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    ErrorCode code =
        switch (cause) {
          case TooLongHttpLineException line -> DoorError.URI_TOO_LONG;
          case TooLongHttpHeaderException header -> DoorError.HEADERS_TOO_LARGE;
          case null, default -> DoorError.NOT_HTTP;
        };
    String id = RequestId.choose(null);
    request.response().headers().set(REQUEST_ID, id);
    refusals.refuse(
        watched(
            new Exchange(
                request, proxies.client(request), id, System.nanoTime(), Exchange.CHUNKED)),
        code.problem());
  }
}
