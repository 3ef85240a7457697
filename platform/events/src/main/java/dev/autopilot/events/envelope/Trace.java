package dev.autopilot.events.envelope;

import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The W3C trace context in which something happens: the request's own, or that of the event being
 * handled, so that a trace goes on through Kafka.
 */
@RequestScoped
public class Trace {
  private static final Pattern TRACEPARENT =
      Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

  private final CurrentVertxRequest exchange;
  private @Nullable String parent;

  Trace(CurrentVertxRequest exchange) {
    this.exchange = exchange;
  }

  /** Of the present request or event; null outside of both. */
  public static @Nullable String current() {
    return Arc.container().requestContext().isActive()
        ? Arc.container().instance(Trace.class).get().parent()
        : null;
  }

  public void continueFrom(@Nullable String traceparent) {
    parent = traceparent;
  }

  @Nullable String parent() {
    if (parent != null) {
      return parent;
    }
    RoutingContext request = exchange.getCurrent();
    String offered = request == null ? null : request.request().getHeader("traceparent");
    return offered != null && TRACEPARENT.matcher(offered).matches() ? offered : null;
  }
}
