package dev.autopilot.gateway.upstream;

import dev.autopilot.gateway.exchange.Exchange;
import dev.autopilot.gateway.exchange.Refusals;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;

/**
 * Passes requests on to the services. Each event loop has its own, with its own connections, so
 * that an exchange never changes threads.
 */
public final class Forwarding {
  /** Streams hold a connection each; how many there may be is for load shedding to say. */
  private static final int CONNECTIONS = 100_000;

  private final Upstreams upstreams;
  private final Refusals refusals;
  private final HttpClient client;
  private final Deadlines deadlines = new Deadlines();

  /** Must be called on the event loop that it is for. */
  public Forwarding(
      Vertx vertx, Upstreams upstreams, UpstreamSettings settings, Refusals refusals) {
    this.upstreams = upstreams;
    this.refusals = refusals;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout((int) settings.connectTimeout().toMillis())
                .setKeepAliveTimeout((int) settings.keepAlive().toSeconds())
                .setMaxPoolSize(CONNECTIONS)
                .setMaxHeaderSize(32 * 1024)
                .setTcpNoDelay(true));
    vertx.setPeriodic(Deadlines.EVERY_MS, tick -> deadlines.sweep(System.nanoTime()));
  }

  public void forward(Exchange exchange) {
    HopByHop.refuseFramingIn(HopByHop.named(exchange.request().headers()));
    Upstream upstream = upstreams.named(exchange.route().service());
    new Relay(exchange, upstream, client, deadlines, refusals).start();
  }
}
