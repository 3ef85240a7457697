package dev.autopilot.gateway.browser;

import dev.autopilot.gateway.exchange.Exchange;
import dev.autopilot.gateway.exchange.Gate;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * What every answer tells browsers, so that a mistake elsewhere does less harm. A service may say
 * more itself: what it says replaces this.
 */
@ApplicationScoped
public class SecurityHeaders implements Gate {
  private static final CharSequence TYPE_OPTIONS =
      HttpHeaders.createOptimized("X-Content-Type-Options");
  private static final CharSequence NOSNIFF = HttpHeaders.createOptimized("nosniff");
  private static final CharSequence FRAMES = HttpHeaders.createOptimized("X-Frame-Options");
  private static final CharSequence DENY = HttpHeaders.createOptimized("DENY");
  private static final CharSequence REFERRER = HttpHeaders.createOptimized("Referrer-Policy");
  private static final CharSequence NO_REFERRER = HttpHeaders.createOptimized("no-referrer");
  private static final CharSequence TRANSPORT =
      HttpHeaders.createOptimized("Strict-Transport-Security");
  private static final CharSequence TWO_YEARS =
      HttpHeaders.createOptimized("max-age=63072000; includeSubDomains");
  private static final CharSequence CONTENT =
      HttpHeaders.createOptimized("Content-Security-Policy");

  @Override
  public Future<Boolean> admit(Exchange exchange) {
    MultiMap headers = exchange.response().headers();
    headers.set(TYPE_OPTIONS, NOSNIFF);
    headers.set(FRAMES, DENY);
    headers.set(REFERRER, NO_REFERRER);
    headers.set(CONTENT, exchange.route().contentSecurityPolicy());
    if (exchange.client().scheme().equals("https")) {
      headers.set(TRANSPORT, TWO_YEARS);
    }
    return PASS;
  }
}
