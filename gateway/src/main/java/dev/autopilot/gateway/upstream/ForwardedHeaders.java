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
        to.add(name, header.getValue());
      }
    }
    to.set(REQUEST_ID, exchange.requestId());
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

  /** What the client hears; the length is left to the caller, who knows whether there is a body. */
  static void toClient(MultiMap from, MultiMap to) {
    Set<String> named = HopByHop.named(from);
    for (Map.Entry<String, String> header : from) {
      String name = header.getKey();
      if (!HopByHop.isOne(name)
          && !name.equalsIgnoreCase("content-length")
          && !name.equalsIgnoreCase(RequestId.HEADER)
          && (named.isEmpty() || !named.contains(name.toLowerCase(Locale.ROOT)))) {
        to.add(name, header.getValue());
      }
    }
  }

  /** Headers by which a client could pretend to be somebody else, or that are about framing. */
  private static boolean isWrittenHere(String name) {
    return switch (name.length()) {
      case 4 -> name.equalsIgnoreCase("host");
      case 6 -> name.equalsIgnoreCase("expect");
      case 9 -> name.equalsIgnoreCase("forwarded") || name.equalsIgnoreCase("x-real-ip");
      case 12 -> name.equalsIgnoreCase(RequestId.HEADER);
      case 14 -> name.equalsIgnoreCase("content-length");
      default -> name.regionMatches(true, 0, "x-forwarded-", 0, 12);
    };
  }
}
