package dev.autopilot.gateway.sight;

import dev.autopilot.gateway.exchange.Exchange;
import dev.autopilot.gateway.exchange.Watcher;
import dev.autopilot.gateway.route.Route;
import dev.autopilot.gateway.route.RouteTable;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code gateway_requests_seconds} by route and class of status. The labels are the routing table's
 * own, so that no client can make more of them.
 */
@ApplicationScoped
class RouteMetrics implements Watcher {
  private static final String[] CLASSES = {"none", "1xx", "2xx", "3xx", "4xx", "5xx"};
  private static final String UNREADABLE = "unreadable";

  private final Map<String, Timer[]> timers = new HashMap<>();

  RouteMetrics(RouteTable routes, MeterRegistry meters) {
    for (Route route : routes.routes()) {
      timers.computeIfAbsent(route.name(), name -> timers(name, meters));
    }
    timers.put(UNREADABLE, timers(UNREADABLE, meters));
  }

  @Override
  public void over(Exchange exchange, int status, long nanos) {
    Route route = exchange.routeIfKnown();
    Timer[] ofRoute = timers.get(route == null ? UNREADABLE : route.name());
    if (ofRoute != null) {
      ofRoute[Math.clamp(status / 100, 0, 5)].record(nanos, TimeUnit.NANOSECONDS);
    }
  }

  private static Timer @Nullable [] timers(String route, MeterRegistry meters) {
    Timer[] byClass = new Timer[CLASSES.length];
    for (int i = 0; i < CLASSES.length; i++) {
      byClass[i] =
          Timer.builder("gateway.requests")
              .tag("route", route)
              .tag("status", CLASSES[i])
              .serviceLevelObjectives(
                  Duration.ofMillis(5),
                  Duration.ofMillis(25),
                  Duration.ofMillis(100),
                  Duration.ofMillis(500),
                  Duration.ofSeconds(2),
                  Duration.ofSeconds(10))
              .register(meters);
    }
    return byClass;
  }
}
