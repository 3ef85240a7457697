package dev.autopilot.events.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An answer as it is kept: what a client needs of it, and nothing of the exchange it went out on.
 */
record StoredAnswer(int status, Map<String, String> headers, String body) {
  private static final String REPLAYED = "Idempotency-Replayed";
  private static final List<String> KEPT =
      List.of(HttpHeaders.LOCATION, HttpHeaders.ETAG, HttpHeaders.CONTENT_TYPE);

  static StoredAnswer of(Response answer, String body) {
    Map<String, String> headers = new TreeMap<>();
    for (String name : KEPT) {
      String value = answer.getHeaderString(name);
      if (value != null) {
        headers.put(name, value);
      }
    }
    return new StoredAnswer(answer.getStatus(), headers, body);
  }

  Response replay() {
    Response.ResponseBuilder answer = Response.status(status).header(REPLAYED, true);
    headers.forEach(answer::header);
    return body.isEmpty() ? answer.build() : answer.entity(body.getBytes(UTF_8)).build();
  }
}
