package dev.autopilot.integration.signature;

import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What came in, byte for byte. */
public final class Arrival {
  private final SortedMap<String, String> headers = new TreeMap<>();
  private final @Nullable String query;
  private final byte[] body;

  /**
   * @param headers in the order of their arrival; repeated ones count as one list (RFC 9110, 5.3)
   * @param query the query string as it was sent
   */
  public Arrival(Iterable<Map.Entry<String, String>> headers, @Nullable String query, byte[] body) {
    for (Map.Entry<String, String> header : headers) {
      this.headers.merge(
          header.getKey().toLowerCase(Locale.ROOT),
          header.getValue(),
          (one, another) -> one + ", " + another);
    }
    this.query = query;
    this.body = body;
  }

  /** By its name in lower case. */
  public @Nullable String header(String name) {
    return headers.get(name);
  }

  /** All of them, by their names in lower case. */
  public SortedMap<String, String> headers() {
    return new TreeMap<>(headers);
  }

  public @Nullable String query() {
    return query;
  }

  /** Not a copy, since it may be large; nobody writes to it. */
  public byte[] body() {
    return body;
  }

  public int size() {
    return body.length;
  }
}
