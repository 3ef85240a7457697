package dev.autopilot.gateway.browser;

import dev.autopilot.gateway.exchange.Exchange;
import dev.autopilot.gateway.exchange.Gate;
import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.kernel.start.Settings;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Cross-origin resource sharing, by a list of origins. */
@ApplicationScoped
public class Cors implements Gate {
  private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
  private static final String HEADERS =
      "Authorization, Content-Type, Accept, Idempotency-Key, If-Match, If-None-Match,"
          + " Last-Event-ID, Range, X-CSRF-Token, X-Request-Id, traceparent, tracestate,"
          + " Tus-Resumable, Upload-Length, Upload-Offset, Upload-Metadata, Mcp-Session-Id,"
          + " MCP-Protocol-Version";
  private static final String EXPOSED =
      "X-Request-Id, RateLimit, RateLimit-Policy, Retry-After, ETag, Location,"
          + " Idempotency-Replayed, Content-Disposition, Content-Range, Tus-Resumable,"
          + " Upload-Offset, Upload-Length, Mcp-Session-Id";

  private final Set<String> origins;
  private final boolean anybody;
  private final String ownOrigin;
  private final String maxAge;

  Cors(CorsSettings cors, Settings settings) {
    this.origins = new HashSet<>(cors.origins().orElse(List.of()));
    this.anybody = origins.remove("*");
    this.ownOrigin = origin(settings.publicUrl());
    this.maxAge = Long.toString(cors.maxAge().toSeconds());
  }

  @Override
  public Future<Boolean> admit(Exchange exchange) {
    MultiMap headers = exchange.request().headers();
    String origin = headers.get(HttpHeaders.ORIGIN);
    if (origin == null) {
      return PASS;
    }
    MultiMap answer = exchange.response().headers();
    boolean listed = origins.contains(origin);
    if (listed) {
      answer.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
      answer.set(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
      answer.add(HttpHeaders.VARY, HttpHeaders.ORIGIN);
    } else if (anybody) {
      answer.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    }
    if (isPreflight(exchange, headers)) {
      return preflight(exchange, listed || anybody || origin.equals(ownOrigin));
    }
    if (listed || anybody) {
      answer.set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    }
    return PASS;
  }

  /** Whether pages of that origin may use a person's cookies here. */
  boolean trusts(String origin) {
    return origins.contains(origin) || origin.equals(ownOrigin);
  }

  private Future<Boolean> preflight(Exchange exchange, boolean allowed) {
    if (!allowed) {
      throw CommonError.FORBIDDEN.problem("Pages of this origin may not use the API.");
    }
    MultiMap answer = exchange.response().headers();
    answer.set(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS);
    answer.set(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, HEADERS);
    answer.set(HttpHeaders.ACCESS_CONTROL_MAX_AGE, maxAge);
    var _ = exchange.response().setStatusCode(204).end();
    exchange.request().resume();
    return ANSWERED;
  }

  private static boolean isPreflight(Exchange exchange, MultiMap headers) {
    return exchange.request().method().equals(HttpMethod.OPTIONS)
        && headers.contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
  }

  private static String origin(URI address) {
    return address.getScheme() + "://" + address.getAuthority();
  }
}
