package dev.autopilot.auth.session;

import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * What can be told of the device that somebody signs in with.
 *
 * @param address the client's address, as the gateway passed it on
 */
public record Device(String address, @Nullable String userAgent) {
  private static final int MAX_USER_AGENT = 300;

  /**
   * The device behind a request. Forwarded headers have been dealt with by the HTTP server, which
   * believes them only of trusted proxies.
   */
  public static Device of(HttpServerRequest request) {
    String userAgent = request.getHeader("User-Agent");
    return new Device(
        request.remoteAddress() == null ? "unknown" : request.remoteAddress().hostAddress(),
        userAgent == null ? null : printable(userAgent));
  }

  /** It is shown to people and stored: nothing that moves a cursor, and not a novel. */
  private static String printable(String userAgent) {
    String clean = userAgent.replaceAll("[^\\x20-\\x7E]", "?");
    return clean.length() > MAX_USER_AGENT ? clean.substring(0, MAX_USER_AGENT) : clean;
  }
}
