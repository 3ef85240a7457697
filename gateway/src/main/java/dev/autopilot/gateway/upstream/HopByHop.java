package dev.autopilot.gateway.upstream;

import dev.autopilot.kernel.problem.CommonError;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Headers that belong to one connection and are never passed on (RFC 9110 §7.6.1): the known ones,
 * and whatever {@code Connection} names.
 */
final class HopByHop {
  private static final Set<String> FRAMING = Set.of("content-length", "host", "transfer-encoding");

  private HopByHop() {}

  static boolean isOne(String name) {
    return switch (name.length()) {
      case 2 -> name.equalsIgnoreCase("te");
      case 7 -> name.equalsIgnoreCase("trailer") || name.equalsIgnoreCase("upgrade");
      case 10 -> name.equalsIgnoreCase("connection") || name.equalsIgnoreCase("keep-alive");
      case 14 -> name.equalsIgnoreCase("http2-settings");
      case 16 -> name.equalsIgnoreCase("proxy-connection");
      case 17 -> name.equalsIgnoreCase("transfer-encoding");
      case 18 -> name.equalsIgnoreCase("proxy-authenticate");
      case 19 -> name.equalsIgnoreCase("proxy-authorization");
      default -> false;
    };
  }

  /** The names, in lower case, that {@code Connection} adds; usually none. */
  static Set<String> named(MultiMap headers) {
    String connection = headers.get(HttpHeaders.CONNECTION);
    if (connection == null || isUsual(connection)) {
      return Set.of();
    }
    List<String> all = headers.getAll(HttpHeaders.CONNECTION);
    Set<String> names = new java.util.HashSet<>();
    for (String one : all) {
      for (String name : one.split(",")) {
        names.add(name.strip().toLowerCase(Locale.ROOT));
      }
    }
    return names;
  }

  /** Nobody names these for an honest reason. */
  static void refuseFramingIn(Set<String> named) {
    if (!named.isEmpty() && named.stream().anyMatch(FRAMING::contains)) {
      throw CommonError.BAD_REQUEST.problem(
          "Connection names a header that the message can't do without.");
    }
  }

  private static boolean isUsual(String connection) {
    return connection.equalsIgnoreCase("keep-alive") || connection.equalsIgnoreCase("close");
  }
}
