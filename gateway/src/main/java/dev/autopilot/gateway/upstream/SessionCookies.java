package dev.autopilot.gateway.upstream;

/** The cookies of a browser's session, which hold its tokens. */
final class SessionCookies {
  private static final String PLAIN = "autopilot_";
  private static final String SECURE = "__Host-autopilot_";

  private SessionCookies() {}

  /** A {@code Cookie} header without them; empty when nothing is left. */
  static String removedFrom(String header) {
    if (!header.contains(PLAIN)) {
      return header;
    }
    StringBuilder rest = new StringBuilder();
    for (String pair : header.split(";")) {
      String cookie = pair.strip();
      if (!cookie.startsWith(PLAIN) && !cookie.startsWith(SECURE) && !cookie.isEmpty()) {
        rest.append(rest.isEmpty() ? "" : "; ").append(cookie);
      }
    }
    return rest.toString();
  }
}
