package dev.autopilot.gateway.sight;

import dev.autopilot.gateway.exchange.Exchange;
import dev.autopilot.gateway.exchange.Principal;
import dev.autopilot.gateway.route.Route;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One exchange as a line of JSON. Queries and headers are left out: people put secrets there.
 * Written by hand, since it is written for every request.
 */
final class AccessLine {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private final StringBuilder line = new StringBuilder(320).append('{');

  private AccessLine() {}

  static String of(Exchange exchange, int status, long nanos, Instant now) {
    Route route = exchange.routeIfKnown();
    Principal principal = exchange.principal();
    AccessLine line = new AccessLine();
    line.text("time", now.toString());
    line.text("log", "access");
    line.text("requestId", exchange.requestId());
    line.text("client", exchange.client().address());
    line.text("method", exchange.request().method().name());
    line.text("path", path(exchange));
    line.text("route", route == null ? null : route.name());
    line.number("status", status);
    line.number("micros", nanos / 1_000);
    line.number("bytesIn", exchange.request().bytesRead());
    line.number("bytesOut", exchange.response().bytesWritten());
    line.text("principal", principal == null ? null : principal.key());
    line.text("trace", exchange.traceId());
    return line.end();
  }

  private static String path(Exchange exchange) {
    if (exchange.routeIfKnown() != null) {
      return exchange.path().path();
    }
    String target = exchange.request().uri();
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  private void text(String name, @Nullable String value) {
    if (value == null) {
      return;
    }
    name(name);
    line.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        line.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        line.append("\\u")
            .append(HEX[c >> 12])
            .append(HEX[(c >> 8) & 15])
            .append(HEX[(c >> 4) & 15])
            .append(HEX[c & 15]);
      } else {
        line.append(c);
      }
    }
    line.append('"');
  }

  private void number(String name, long value) {
    name(name);
    line.append(value);
  }

  private void name(String name) {
    if (line.length() > 1) {
      line.append(',');
    }
    line.append('"').append(name).append("\":");
  }

  private String end() {
    return line.append("}\n").toString();
  }
}
