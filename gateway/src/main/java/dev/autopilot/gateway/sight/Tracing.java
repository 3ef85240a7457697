package dev.autopilot.gateway.sight;

import dev.autopilot.gateway.exchange.Exchange;
import dev.autopilot.gateway.exchange.Watcher;
import dev.autopilot.gateway.route.Route;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.vertx.core.MultiMap;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * One span for each exchange, named by its route (OpenTelemetry's conventions for HTTP servers);
 * the services' spans are its children. Off unless a collector is configured, and then free.
 */
@ApplicationScoped
public class Tracing implements Watcher {
  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  private static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");
  private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
  private static final AttributeKey<Long> STATUS =
      AttributeKey.longKey("http.response.status_code");
  private static final AttributeKey<String> CLIENT = AttributeKey.stringKey("client.address");
  private static final AttributeKey<String> REQUEST_ID = AttributeKey.stringKey("request.id");

  private final boolean on;
  private final Tracer tracer;

  Tracing(
      OpenTelemetry telemetry, @ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean off) {
    this.on = !off;
    this.tracer = telemetry.getTracer("dev.autopilot.gateway");
  }

  /** From here on it is timed, and what is passed on is part of it. */
  public void begin(Exchange exchange) {
    if (!on) {
      return;
    }
    Context caller =
        W3CTraceContextPropagator.getInstance()
            .extract(Context.root(), exchange.request().headers(), Headers.GETTER);
    Span span =
        tracer
            .spanBuilder(exchange.request().method().name())
            .setSpanKind(SpanKind.SERVER)
            .setParent(caller)
            .setAttribute(METHOD, exchange.request().method().name())
            .setAttribute(CLIENT, exchange.client().address())
            .setAttribute(REQUEST_ID, exchange.requestId())
            .startSpan();
    SpanContext context = span.getSpanContext();
    exchange.traced(
        span,
        "00-"
            + context.getTraceId()
            + "-"
            + context.getSpanId()
            + "-"
            + context.getTraceFlags().asHex());
  }

  @Override
  public void over(Exchange exchange, int status, long nanos) {
    Span span = exchange.span();
    if (span == null) {
      return;
    }
    Route route = exchange.routeIfKnown();
    if (route != null) {
      span.updateName(exchange.request().method().name() + " " + route.pattern());
      span.setAttribute(ROUTE, route.pattern());
      span.setAttribute(PATH, exchange.path().path());
    }
    span.setAttribute(STATUS, (long) status);
    if (status >= 500) {
      span.setStatus(StatusCode.ERROR);
    }
    span.end();
  }

  private enum Headers implements TextMapGetter<MultiMap> {
    GETTER;

    @Override
    public Iterable<String> keys(MultiMap headers) {
      return headers.names();
    }

    @Override
    public @Nullable String get(@Nullable MultiMap headers, String name) {
      return headers == null ? null : headers.get(name);
    }
  }
}
