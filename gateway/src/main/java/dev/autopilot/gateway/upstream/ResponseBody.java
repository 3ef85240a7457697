package dev.autopilot.gateway.upstream;

import dev.autopilot.gateway.exchange.Exchange;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/**
 * A service's answer on its way to the client; what comes is passed on at once. The head goes with
 * the first of the body: until then it may still turn out that there is nothing but a failure to
 * tell, and nothing of the service's head may be said of that.
 */
final class ResponseBody {
  private static final String EVENT_STREAM = "text/event-stream";

  private final Exchange exchange;
  private final HttpClientResponse from;
  private final HttpServerResponse to;
  private final Relay relay;
  private long left = -1;
  private @Nullable Compression compression;
  private boolean begun;
  private boolean ended;

  ResponseBody(Exchange exchange, HttpClientResponse from, Relay relay) {
    this.exchange = exchange;
    this.from = from;
    this.to = exchange.response();
    this.relay = relay;
  }

  /**
   * @return whether this is a stream, which may go on for as long as it moves
   */
  boolean start() {
    from.handler(this::pass);
    from.endHandler(this::end);
    from.exceptionHandler(cause -> relay.lost(from.request(), cause));
    boolean events = isEvents();
    if (events) {
      // The client may act on the head long before the first event comes.
      begin();
      var _ = to.write(Buffer.buffer());
    }
    return events || exchange.route().streaming();
  }

  private void begin() {
    begun = true;
    to.setStatusCode(from.statusCode());
    ForwardedHeaders.toClient(from.headers(), to.headers());
    if (relay.isBodyStillComing()) {
      to.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    String length = from.headers().get(HttpHeaders.CONTENT_LENGTH);
    if (!isEvents() && !hasNoBody() && Compression.suits(exchange, from)) {
      compression = Compression.of(to.headers());
      length = null;
    }
    if (hasNoBody()) {
      if (length != null && exchange.request().method().equals(HttpMethod.HEAD)) {
        to.putHeader(HttpHeaders.CONTENT_LENGTH, length);
      }
    } else if (length != null) {
      left = Long.parseLong(length);
      to.putHeader(HttpHeaders.CONTENT_LENGTH, length);
    } else if (exchange.request().version() == HttpVersion.HTTP_1_1) {
      to.setChunked(true);
    }
  }

  private void pass(Buffer whole) {
    if (ended) {
      return;
    }
    relay.moved();
    if (!begun) {
      begin();
    }
    Buffer part = compression == null ? whole : compression.next(whole);
    if (part.length() == 0) {
      return;
    }
    if (left >= 0) {
      left -= part.length();
      if (left == 0) {
        ended = true;
        var _ = to.end(part);
        return;
      }
    }
    var _ = to.write(part);
    if (to.writeQueueFull()) {
      from.pause();
      to.drainHandler(drained -> {
        relay.moved();
        from.resume();
      });
    }
  }

  private void end(@Nullable Void nothing) {
    if (!ended) {
      ended = true;
      if (!begun) {
        begin();
      }
      var _ = compression == null ? to.end() : to.end(compression.last());
    }
    relay.delivered();
  }

  /** The rest won't come. */
  void abandon() {
    if (compression != null && !ended) {
      compression.abandon();
    }
    ended = true;
  }

  private boolean hasNoBody() {
    int status = from.statusCode();
    return exchange.request().method().equals(HttpMethod.HEAD) || status == 204 || status == 304;
  }

  private boolean isEvents() {
    String contentType = from.headers().get(HttpHeaders.CONTENT_TYPE);
    return contentType != null
        && contentType.regionMatches(true, 0, EVENT_STREAM, 0, EVENT_STREAM.length());
  }
}
