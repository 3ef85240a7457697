package dev.autopilot.gateway.upstream;

import dev.autopilot.gateway.exchange.Exchange;
import dev.autopilot.kernel.problem.CommonError;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;

/** A request's body on its way to the service, never more of it in memory than a write queue. */
final class RequestBody {
  /** The least that a body must bring: 1 KiB a second, beside the time that its route allows. */
  private static final long NANOS_PER_BYTE = TimeUnit.SECONDS.toNanos(1) / 1_024;

  private final Exchange exchange;
  private final HttpServerRequest from;
  private final HttpClientRequest to;
  private final Relay relay;
  private long passed;
  private long movedAt = System.nanoTime();
  private long nanosForService;
  private boolean sent;
  private boolean waitingForService;

  RequestBody(Exchange exchange, HttpClientRequest to, Relay relay) {
    this.exchange = exchange;
    this.from = exchange.request();
    this.to = to;
    this.relay = relay;
  }

  void start() {
    if (exchange.bodyLength() == Exchange.CHUNKED) {
      to.setChunked(true);
    }
    from.handler(this::pass);
    from.endHandler(end -> {
      if (!sent) {
        sent = true;
        relay.moved();
        var _ = to.end();
      }
    });
    if (exchange.expectsContinue()) {
      exchange.response().writeContinue();
    }
    from.resume();
  }

  /** Whether the service has the whole of it. */
  boolean isSent() {
    return sent;
  }

  /** Whether it is the service that doesn't read, rather than the client that doesn't send. */
  boolean isWaitingForService() {
    return waitingForService;
  }

  private void pass(Buffer part) {
    passed += part.length();
    if (passed > exchange.route().bodyLimit()) {
      relay.fail(CommonError.PAYLOAD_TOO_LARGE.problem());
      return;
    }
    if (passed == exchange.bodyLength()) {
      sent = true;
      relay.moved();
      var _ = to.end(part);
      return;
    }
    movedAt = System.nanoTime();
    relay.received(movedAt, nanosForService + passed * NANOS_PER_BYTE);
    var _ = to.write(part);
    if (to.writeQueueFull()) {
      waitingForService = true;
      from.pause();
      to.drainHandler(drained -> {
        waitingForService = false;
        long now = System.nanoTime();
        nanosForService += now - movedAt;
        movedAt = now;
        relay.received(now, nanosForService + passed * NANOS_PER_BYTE);
        from.resume();
      });
    }
  }
}
