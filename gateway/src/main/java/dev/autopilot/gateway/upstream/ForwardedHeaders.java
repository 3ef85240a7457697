package dev.autopilot.gateway.upstream;

import dev.autopilot.gateway.exchange.Exchange;
import dev.autopilot.kernel.web.RequestId;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which headers go on, in both directions, and which the gateway writes itself. */
final class ForwardedHeaders {
  private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized(RequestId.HEADER);
  private static final CharSequence TRACE = HttpHeaders.createOptimized("traceparent");
  private static final CharSequence FOR = HttpHeaders.createOptimized("X-Forwarded-For");
  private static final CharSequence PROTO = HttpHeaders.createOptimized("X-Forwarded-Proto");
  private static final CharSequence HOST = HttpHeaders.createOptimized("X-Forwarded-Host");

  private ForwardedHeaders() {}

  /** What the service hears. */
  static void toService(Exchange exchange, MultiMap to) {
    MultiMap from = exchange.request().headers();
    Set<String> named = HopByHop.named(from);
    for (Map.Entry<String, String> header : from) {
      String name = header.getKey();
      if (!HopByHop.isOne(name)
          && !isWrittenHere(name)
          && (named.isEmpty() || !named.contains(name.toLowerCase(Locale.ROOT)))) {
        add(exchange, name, header.getValue(), to);
      }
    }
    to.set(REQUEST_ID, exchange.requestId());
    to.set(TRACE, exchange.traceParent());
    to.set(FOR, exchange.client().address());
    to.set(PROTO, exchange.client().scheme());
    String host = exchange.client().host();
    if (host != null) {
      to.set(HOST, host);
    }
    if (exchange.bearer() != null) {
      to.set(HttpHeaders.AUTHORIZATION, "Bearer " + exchange.bearer());
    }
    if (exchange.bodyLength() > 0) {
      to.set(HttpHeaders.CONTENT_LENGTH, Long.toString(exchange.bodyLength()));
    }
  }

  /** A session's cookies are for auth-service alone; the others are shown its token as bearer. */
  private static void add(Exchange exchange, String name, String value, MultiMap to) {
    if (name.length() != 6
        || !name.equalsIgnoreCase("cookie")
        || exchange.route().service().equals("auth")) {
      to.add(name, value);
      return;
    }
    String rest = SessionCookies.removedFrom(value);
    if (!rest.isEmpty()) {
      to.add(name, rest);
    }
  }

  /** What the client hears; the length is left to the caller, who knows whether there is a body. */
  static void toClient(MultiMap from, MultiMap to) {
    Set<String> named = HopByHop.named(from);
    for (Map.Entry<String, String> header : from) {
      String name = header.getKey();
      if (HopByHop.isOne(name)
          || isSaidHere(name)
          || (!named.isEmpty() && named.contains(name.toLowerCase(Locale.ROOT)))) {
        continue;
      }
      if (isSaidOnce(name)) {
        to.set(name, header.getValue());
      } else {
        to.add(name, header.getValue());
      }
    }
  }

  /** What the gateway alone says to clients. */
  private static boolean isSaidHere(String name) {
    return switch (name.length()) {
      case 9 -> name.equalsIgnoreCase("ratelimit");
      case 12 -> name.equalsIgnoreCase(RequestId.HEADER);
      case 14 -> name.equalsIgnoreCase("content-length");
      case 16 -> name.equalsIgnoreCase("ratelimit-policy");
      default -> name.regionMatches(true, 0, "access-control-", 0, 15);
    };
  }

  /** What the gateway says unless the service knows better. */
  private static boolean isSaidOnce(String name) {
    return switch (name.length()) {
      case 15 ->
          name.equalsIgnoreCase("x-frame-options") || name.equalsIgnoreCase("referrer-policy");
      case 22 -> name.equalsIgnoreCase("x-content-type-options");
      case 23 -> name.equalsIgnoreCase("content-security-policy");
      case 25 -> name.equalsIgnoreCase("strict-transport-security");
      default -> false;
    };
  }

  /** Headers by which a client could pretend to be somebody else, or that are about framing. */
  private static boolean isWrittenHere(String name) {
    return switch (name.length()) {
      case 4 -> name.equalsIgnoreCase("host");
      case 6 -> name.equalsIgnoreCase("expect");
      case 9 -> name.equalsIgnoreCase("forwarded") || name.equalsIgnoreCase("x-real-ip");
      case 11 -> name.equalsIgnoreCase("traceparent");
      case 12 -> name.equalsIgnoreCase(RequestId.HEADER);
      case 14 -> name.equalsIgnoreCase("content-length");
      default -> name.regionMatches(true, 0, "x-forwarded-", 0, 12);
    };
  }
}
