package dev.autopilot.integration.delivery;

import dev.autopilot.integration.signature.Arrival;
import java.util.Set;
import java.util.SortedMap;

/** The headers of a delivery that its owner gets to see. */
final class KeptHeaders {
  /** Credentials, and what was said between this hop and the one before. */
  private static final Set<String> DROPPED =
      Set.of(
          "authorization",
          "connection",
          "content-length",
          "cookie",
          "host",
          "keep-alive",
          "proxy-authorization",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "x-csrf-token");

  private KeptHeaders() {}

  static SortedMap<String, String> of(Arrival arrival) {
    SortedMap<String, String> headers = arrival.headers();
    headers.keySet().removeAll(DROPPED);
    return headers;
  }
}
