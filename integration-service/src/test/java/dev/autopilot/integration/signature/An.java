package dev.autopilot.integration.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An arrival with just these headers. */
final class An {
  private An() {}

  static Arrival arrival(String body, String... headers) {
    List<Map.Entry<String, String>> pairs = new ArrayList<>();
    for (int i = 0; i < headers.length; i += 2) {
      pairs.add(Map.entry(headers[i], headers[i + 1]));
    }
    return new Arrival(pairs, null, body.getBytes(UTF_8));
  }
}
