package dev.autopilot.gateway.route;

import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.kernel.problem.ProblemException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;

/**
 * A request target's path, normalised once; the result is what is routed and what is passed on, so
 * that the gateway and the service behind it can't understand it differently (RFC 3986 §6.2.2).
 *
 * <ul>
 *   <li>Percent-encoded unreserved characters are decoded, other escapes written in upper case.
 *   <li>Dot segments are resolved, encoded ones too; climbing above the root is refused.
 *   <li>Repeated slashes become one.
 *   <li>Encoded slashes and backslashes, backslashes and path parameters are refused, since servers
 *       disagree about what they mean; a route with an opaque path takes them as they are.
 *   <li>Control characters, spaces and anything outside ASCII are refused.
 * </ul>
 */
public final class RequestPath {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final int MAX_LENGTH = 4096;

  private final String path;
  private final String query;
  private final boolean ambiguous;

  private RequestPath(String path, String query, boolean ambiguous) {
    this.path = path;
    this.query = query;
    this.ambiguous = ambiguous;
  }

  /**
   * @param target what stands in the request line: origin form or absolute form
   * @throws ProblemException 400 when there is no one way to understand it
   */
  public static RequestPath of(String target) {
    int start = target.startsWith("/") ? 0 : afterAuthority(target);
    int question = target.indexOf('?', start);
    int end = question < 0 ? target.length() : question;
    if (end - start > MAX_LENGTH) {
      throw CommonError.BAD_REQUEST.problem("The path is too long.");
    }
    for (int i = start; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '#') {
        throw CommonError.BAD_REQUEST.problem(
            "The path or query holds characters that must be percent-encoded.");
      }
    }
    String query = question < 0 ? "" : target.substring(question);
    String raw = start == 0 && question < 0 ? target : target.substring(start, end);
    if (raw.isEmpty()) {
      return new RequestPath("/", query, false);
    }
    return isPlain(raw) ? new RequestPath(raw, query, false) : careful(raw, query);
  }

  /** Where the routes look. */
  public String path() {
    return path;
  }

  /** Path and query, as they are passed on. */
  public String target() {
    return query.isEmpty() ? path : path + query;
  }

  /** Whether it holds something that only the last server can understand. */
  public boolean isAmbiguous() {
    return ambiguous;
  }

  private static int afterAuthority(String target) {
    int scheme = target.indexOf("://");
    if (scheme <= 0 || !(target.startsWith("http://") || target.startsWith("https://"))) {
      throw CommonError.BAD_REQUEST.problem("The request target is not a path.");
    }
    int slash = target.indexOf('/', scheme + 3);
    return slash < 0 ? target.length() : slash;
  }

  /** The usual path needs no work: no escapes, no dots at a segment's start, no double slash. */
  private static boolean isPlain(String raw) {
    char previous = 0;
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%' || c == ';' || c == '\\' || (previous == '/' && (c == '/' || c == '.'))) {
        return false;
      }
      previous = c;
    }
    return true;
  }

  private static RequestPath careful(String raw, String query) {
    StringBuilder decoded = new StringBuilder(raw.length());
    boolean ambiguous = false;
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == ';' || c == '\\') {
        ambiguous = true;
        decoded.append(c);
      } else if (c != '%') {
        decoded.append(c);
      } else {
        int octet = octet(raw, i);
        i += 2;
        ambiguous |= octet == '/' || octet == '\\' || octet == ';';
        if (isUnreserved(octet)) {
          decoded.append((char) octet);
        } else {
          decoded.append('%').append(HEX.toHexDigits((byte) octet));
        }
      }
    }
    return new RequestPath(withoutDotSegments(decoded.toString()), query, ambiguous);
  }

  private static int octet(String raw, int percent) {
    if (percent + 2 >= raw.length()
        || !HexFormat.isHexDigit(raw.charAt(percent + 1))
        || !HexFormat.isHexDigit(raw.charAt(percent + 2))) {
      throw CommonError.BAD_REQUEST.problem("The path holds a broken percent-encoding.");
    }
    int octet = HexFormat.fromHexDigits(raw, percent + 1, percent + 3);
    if (octet < ' ' || octet == 0x7f) {
      throw CommonError.BAD_REQUEST.problem("The path holds a control character.");
    }
    return octet;
  }

  private static boolean isUnreserved(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~';
  }

  private static String withoutDotSegments(String path) {
    Deque<String> kept = new ArrayDeque<>();
    String[] segments = path.split("/", -1);
    for (String segment : segments) {
      if (segment.equals("..")) {
        if (kept.pollLast() == null) {
          throw CommonError.BAD_REQUEST.problem("The path climbs above the root.");
        }
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        kept.addLast(segment);
      }
    }
    String last = segments[segments.length - 1];
    boolean endsWithSlash = last.isEmpty() || last.equals(".") || last.equals("..");
    return kept.isEmpty() ? "/" : "/" + String.join("/", kept) + (endsWithSlash ? "/" : "");
  }
}
