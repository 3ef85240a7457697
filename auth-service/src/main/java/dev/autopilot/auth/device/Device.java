package dev.autopilot.auth.device;

import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.util.HexFormat;
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

  /** What it calls itself, for people to read. */
  String program() {
    return userAgent == null || userAgent.isBlank() ? "an unnamed program" : userAgent;
  }

  /**
   * The program, without its version, which changes every few weeks, and the network: what stays
   * the same about a device that isn't carried far.
   */
  String lasting() {
    String program = userAgent == null ? "" : userAgent.replaceAll("[0-9]+([._][0-9]+)*", "");
    return program + "\n" + network();
  }

  /** The /24 of an IPv4 address, the /48 of another: what one household or office usually has. */
  private String network() {
    try {
      byte[] bytes = InetAddress.ofLiteral(address).getAddress();
      return HexFormat.of().formatHex(bytes, 0, bytes.length == 4 ? 3 : 6);
    } catch (IllegalArgumentException noAddress) {
      return address;
    }
  }

  /** It is shown to people and stored: nothing that moves a cursor, and not a novel. */
  private static String printable(String userAgent) {
    String clean = userAgent.replaceAll("[^\\x20-\\x7E]", "?");
    return clean.length() > MAX_USER_AGENT ? clean.substring(0, MAX_USER_AGENT) : clean;
  }
}
