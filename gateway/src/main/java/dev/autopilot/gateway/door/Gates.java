package dev.autopilot.gateway.door;

import dev.autopilot.gateway.browser.Cors;
import dev.autopilot.gateway.browser.Csrf;
import dev.autopilot.gateway.browser.SecurityHeaders;
import dev.autopilot.gateway.exchange.Exchange;
import dev.autopilot.gateway.exchange.Gate;
import dev.autopilot.gateway.limit.RateLimits;
import dev.autopilot.gateway.load.Load;
import dev.autopilot.gateway.token.Credentials;
import dev.autopilot.kernel.problem.CommonError;
import io.vertx.core.Future;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * The order in which a request is examined. Who asks is found out before it is counted; that nobody
 * is known to ask is said after it, so that guessing is counted too.
 */
@ApplicationScoped
class Gates {
  private final Gate[] inOrder;

  Gates(
      SecurityHeaders securityHeaders,
      Load load,
      Cors cors,
      Credentials credentials,
      RateLimits limits,
      Csrf csrf) {
    this.inOrder =
        new Gate[] {
          securityHeaders,
          load,
          cors,
          credentials,
          limits,
          load::share,
          Credentials::demand,
          csrf,
          Gates::size
        };
  }

  /** True when all let the exchange pass, false when one has answered it; fails to refuse. */
  Future<Boolean> pass(Exchange exchange) {
    return passFrom(0, exchange);
  }

  private Future<Boolean> passFrom(int first, Exchange exchange) {
    for (int i = first; i < inOrder.length; i++) {
      Future<Boolean> admission = inOrder[i].admit(exchange);
      if (Gate.hasPassed(admission)) {
        continue;
      }
      int next = i + 1;
      return admission.compose(admitted -> admitted ? passFrom(next, exchange) : Gate.ANSWERED);
    }
    return Gate.PASS;
  }

  /** A body that says that it is too large needn't be waited for. */
  private static Future<Boolean> size(Exchange exchange) {
    if (exchange.bodyLength() > exchange.route().bodyLimit()) {
      throw CommonError.PAYLOAD_TOO_LARGE.problem(
          "At most " + exchange.route().bodyLimit() + " bytes are taken here.");
    }
    return Gate.PASS;
  }
}
