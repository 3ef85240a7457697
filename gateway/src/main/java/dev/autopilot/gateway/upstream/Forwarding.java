package dev.autopilot.gateway.upstream;

import dev.autopilot.gateway.exchange.Exchange;
import dev.autopilot.gateway.exchange.Refusals;
import dev.autopilot.gateway.load.Load;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import java.util.concurrent.TimeUnit;

/**
 * Passes requests on to the services. Each event loop has its own, with its own connections, so
 * that an exchange never changes threads.
 */
public final class Forwarding {
  /** Streams hold a connection each; how many there may be is for load shedding to say. */
  private static final int CONNECTIONS = 100_000;

  private final Upstreams upstreams;
  private final Refusals refusals;
  private final Load load;
  private final HttpClient client;
  private final Deadlines deadlines = new Deadlines();
  private final Snapshots snapshots;
  private long lastTick;

  /** Must be called on the event loop that it is for. */
  public Forwarding(
      Vertx vertx, Upstreams upstreams, UpstreamSettings settings, Refusals refusals, Load load) {
    this.upstreams = upstreams;
    this.refusals = refusals;
    this.load = load;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout((int) settings.connectTimeout().toMillis())
                .setKeepAliveTimeout((int) settings.keepAlive().toSeconds())
                .setMaxPoolSize(CONNECTIONS)
                .setMaxHeaderSize(32 * 1024)
                .setTcpNoDelay(true));
    this.snapshots = new Snapshots(client, refusals);
    this.lastTick = System.nanoTime();
    vertx.setPeriodic(Deadlines.EVERY_MS, tick -> tick(System.nanoTime()));
  }

  public void forward(Exchange exchange) {
    HopByHop.refuseFramingIn(HopByHop.named(exchange.request().headers()));
    Upstream upstream = upstreams.named(exchange.route().service());
    if (Snapshots.suits(exchange)) {
      snapshots.answer(exchange, upstream);
      return;
    }
    new Relay(exchange, upstream, client, deadlines, refusals, load).start();
  }

  private void tick(long now) {
    load.lateBy(now - lastTick - TimeUnit.MILLISECONDS.toNanos(Deadlines.EVERY_MS));
    lastTick = now;
    deadlines.sweep(now);
  }
}
