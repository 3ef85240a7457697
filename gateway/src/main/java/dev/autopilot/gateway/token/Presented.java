package dev.autopilot.gateway.token;

import dev.autopilot.gateway.exchange.Exchange;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The token that a request shows: in {@code Authorization}, or in the cookie of a browser's
 * session.
 *
 * @param fromCookie a browser sends cookies whoever made it ask; such requests must prove more
 */
record Presented(String token, boolean fromCookie) {
  private static final String SCHEME = "Bearer ";
  private static final String SECURE = "__Host-autopilot_access";
  private static final String PLAIN = "autopilot_access";

  /** Null when the request shows none. */
  static @Nullable Presented by(Exchange exchange, boolean secureOnly) {
    MultiMap headers = exchange.request().headers();
    String authorization = headers.get(HttpHeaders.AUTHORIZATION);
    if (authorization != null) {
      return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
          ? new Presented(authorization.substring(SCHEME.length()).strip(), false)
          : null;
    }
    return headers.contains(HttpHeaders.COOKIE)
        ? cookie(headers.getAll(HttpHeaders.COOKIE), secureOnly)
        : null;
  }

  /**
   * On plain http, where only a laptop is, the cookie has no prefix; elsewhere it is not believed.
   */
  private static @Nullable Presented cookie(List<String> headers, boolean secureOnly) {
    String plain = null;
    for (String header : headers) {
      for (Cookie cookie : ServerCookieDecoder.STRICT.decodeAll(header)) {
        if (cookie.name().equals(SECURE)) {
          return new Presented(cookie.value(), true);
        }
        if (cookie.name().equals(PLAIN)) {
          plain = cookie.value();
        }
      }
    }
    return plain == null || secureOnly ? null : new Presented(plain, true);
  }

  @Override
  public String toString() {
    return "Presented[fromCookie=" + fromCookie + "]";
  }
}
