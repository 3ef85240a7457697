package dev.autopilot.gateway.load;

import dev.autopilot.gateway.exchange.Exchange;
import dev.autopilot.gateway.exchange.Gate;
import dev.autopilot.gateway.exchange.Principal;
import dev.autopilot.gateway.route.Route;
import dev.autopilot.gateway.route.RouteTable;
import dev.autopilot.kernel.problem.CommonError;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sheds load: when there is more than can be done, some hear so at once and when to come again,
 * rather than all of them too late.
 */
@ApplicationScoped
public class Load implements Gate {
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final LoadSettings settings;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger streaming = new AtomicInteger();
  private final Map<String, AtomicInteger> waitingFor = new HashMap<>();
  private final Map<String, Integer> byPerson = new ConcurrentHashMap<>();
  private volatile long latenessNanos;
  private volatile boolean closed;

  Load(LoadSettings settings, RouteTable routes, MeterRegistry meters) {
    this.settings = settings;
    for (Route route : routes.routes()) {
      waitingFor.computeIfAbsent(
          route.service(),
          service ->
              meters.gauge(
                  "gateway.waiting",
                  io.micrometer.core.instrument.Tags.of("service", service),
                  new AtomicInteger()));
    }
    meters.gauge("gateway.streaming", streaming);
  }

  /** What an event loop's clock says about itself: how late its last tick was. */
  public void lateBy(long nanos) {
    latenessNanos = nanos;
  }

  /** From here on nothing more is taken. */
  public void close() {
    closed = true;
  }

  /** Requests that have not been answered, streams left out. */
  public int waiting() {
    return waiting.get();
  }

  @Override
  public Future<Boolean> admit(Exchange exchange) {
    AtomicInteger forThis = waitingFor(exchange.route());
    if (closed
        || waiting.get() >= settings.waiting()
        || forThis.get() >= settings.waitingForOne()
        || (streaming.get() >= settings.streaming() && exchange.route().streaming())
        || latenessNanos > settings.lateness().toNanos()) {
      throw CommonError.UNAVAILABLE
          .problem("There is more to do than can be done just now.")
          .retryAfter(AGAIN);
    }
    waiting.incrementAndGet();
    forThis.incrementAndGet();
    exchange.counted();
    return PASS;
  }

  /** A later gate, when it is known who asks: nobody takes more than a share of the places. */
  public Future<Boolean> share(Exchange exchange) {
    Principal principal = exchange.principal();
    if (principal == null) {
      return PASS;
    }
    exchange.shares();
    if (byPerson.merge(principal.key(), 1, Integer::sum) > settings.waitingForPerson()) {
      throw CommonError.RATE_LIMITED
          .problem("So many requests are open already that others must be answered first.")
          .retryAfter(AGAIN);
    }
    return PASS;
  }

  /** The answer has begun, and goes on for as long as it likes. */
  public void streams(Exchange exchange) {
    if (exchange.isCounted() && !exchange.isStreaming()) {
      exchange.streams();
      noLongerWaits(exchange);
      streaming.incrementAndGet();
    }
  }

  /** The exchange is over, however it ended. */
  public void over(Exchange exchange) {
    if (!exchange.isCounted()) {
      return;
    }
    if (exchange.isStreaming()) {
      streaming.decrementAndGet();
    } else {
      noLongerWaits(exchange);
    }
  }

  private void noLongerWaits(Exchange exchange) {
    waiting.decrementAndGet();
    waitingFor(exchange.route()).decrementAndGet();
    Principal principal = exchange.principal();
    if (principal != null && exchange.isSharing()) {
      byPerson.computeIfPresent(principal.key(), (key, count) -> count == 1 ? null : count - 1);
    }
  }

  private AtomicInteger waitingFor(Route route) {
    AtomicInteger count = waitingFor.get(route.service());
    if (count == null) {
      throw new IllegalStateException("no such service: " + route.service());
    }
    return count;
  }
}
