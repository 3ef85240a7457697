package dev.autopilot.kernel.http;

import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request to an address somebody typed in.
 *
 * @param guarded whether private addresses are refused; not where the operator named the address
 * @param timeout bounds everything from resolving the name to the last byte of the answer
 * @param maxBytes an answer longer than this is cut off as a failure
 * @param maxRedirects how many redirects are followed, each checked like the first address
 */
public record OutgoingRequest(
    String method,
    URI uri,
    Map<String, String> headers,
    @Nullable Buffer body,
    Duration timeout,
    long maxBytes,
    int maxRedirects,
    boolean guarded) {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final long MAX_BYTES = 10L * 1024 * 1024;

  public static OutgoingRequest get(URI uri) {
    return new OutgoingRequest("GET", uri, Map.of(), null, TIMEOUT, MAX_BYTES, 5, true);
  }

  /** A request with a body follows no redirect: it would be sent again to who knows whom. */
  public static OutgoingRequest send(String method, URI uri, @Nullable Buffer body) {
    return new OutgoingRequest(method, uri, Map.of(), body, TIMEOUT, MAX_BYTES, 0, true);
  }

  public OutgoingRequest header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new OutgoingRequest(method, uri, more, body, timeout, maxBytes, maxRedirects, guarded);
  }

  public OutgoingRequest within(Duration bound) {
    return new OutgoingRequest(method, uri, headers, body, bound, maxBytes, maxRedirects, guarded);
  }

  public OutgoingRequest atMost(long bytes) {
    return new OutgoingRequest(method, uri, headers, body, timeout, bytes, maxRedirects, guarded);
  }

  /**
   * The same request, to an address of the operator's configuration: it may be a private one. It
   * follows no redirect, since nobody vouches for where that leads.
   */
  public OutgoingRequest toOperatorsChoice() {
    return new OutgoingRequest(method, uri, headers, body, timeout, maxBytes, 0, false);
  }

  /** The same request at another place; credentials stay behind when the origin changes. */
  OutgoingRequest redirected(URI target) {
    Map<String, String> kept = new LinkedHashMap<>(headers);
    boolean sameOrigin =
        target.getScheme().equals(uri.getScheme())
            && target.getHost().equalsIgnoreCase(uri.getHost())
            && target.getPort() == uri.getPort();
    if (!sameOrigin) {
      kept.keySet()
          .removeIf(
              name -> name.equalsIgnoreCase("Authorization") || name.equalsIgnoreCase("Cookie"));
    }
    return new OutgoingRequest(
        method, target, kept, null, timeout, maxBytes, maxRedirects - 1, guarded);
  }
}
