package dev.autopilot.gateway.door;

import dev.autopilot.gateway.exchange.Exchange;
import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.kernel.problem.ProblemException;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What must be beyond doubt before a request is looked at any further. */
final class RequestShape {
  private RequestShape() {}

  /**
   * How long the body is: in bytes, or {@link Exchange#CHUNKED}.
   *
   * @throws ProblemException 400 when two readers could disagree about it
   */
  static long bodyLength(HttpServerRequest request) {
    MultiMap headers = request.headers();
    String encoding = headers.get(HttpHeaders.TRANSFER_ENCODING);
    if (encoding != null) {
      if (request.version() != HttpVersion.HTTP_1_1
          || !encoding.equalsIgnoreCase("chunked")
          || headers.getAll(HttpHeaders.TRANSFER_ENCODING).size() > 1) {
        throw CommonError.BAD_REQUEST.problem("The transfer encoding must be chunked alone.");
      }
      return Exchange.CHUNKED;
    }
    String length = headers.get(HttpHeaders.CONTENT_LENGTH);
    return length == null ? 0 : length(length, headers.getAll(HttpHeaders.CONTENT_LENGTH));
  }

  static void check(HttpServerRequest request) {
    HttpMethod method = request.method();
    if (method.equals(HttpMethod.TRACE) || method.equals(HttpMethod.CONNECT)) {
      throw CommonError.METHOD_NOT_ALLOWED.problem();
    }
    if (request.headers().contains("")) {
      throw CommonError.BAD_REQUEST.problem("A header has no name.");
    }
    if (request.version() == HttpVersion.HTTP_1_1) {
      checkHost(request.headers().getAll(HttpHeaders.HOST));
    }
  }

  private static long length(String text, List<String> all) {
    if (all.size() > 1 || text.isEmpty() || text.length() > 18) {
      throw badLength();
    }
    long length = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw badLength();
      }
      length = length * 10 + digit;
    }
    return length;
  }

  private static ProblemException badLength() {
    return CommonError.BAD_REQUEST.problem("Content-Length must be one whole number.");
  }

  private static void checkHost(List<String> hosts) {
    if (hosts.size() != 1 || !isHost(hosts.getFirst())) {
      throw CommonError.BAD_REQUEST.problem("Host must be there once, and be a host.");
    }
  }

  private static boolean isHost(@Nullable String host) {
    if (host == null || host.length() > 255) {
      return false;
    }
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      boolean fine =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '.'
              || c == '-'
              || c == ':'
              || c == '_'
              || c == '['
              || c == ']';
      if (!fine) {
        return false;
      }
    }
    return true;
  }
}
