package dev.autopilot.gateway.limit;

import dev.autopilot.gateway.exchange.Exchange;
import dev.autopilot.gateway.exchange.Gate;
import dev.autopilot.gateway.exchange.Principal;
import dev.autopilot.gateway.route.Route;
import dev.autopilot.kernel.problem.CommonError;
import io.github.bucket4j.TimeMeter;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Takes one from the bucket of whoever asks, and says on every answer what is left (IETF draft
 * "RateLimit header fields for HTTP").
 */
@ApplicationScoped
@Startup // Redis is connected to before anybody asks, or the start says why not.
// The kind of cache that buckets are kept in, which is made by name.
@RegisterForReflection(classNames = "com.github.benmanes.caffeine.cache.PSAMS")
public class RateLimits implements Gate {
  private static final CharSequence POLICY = HttpHeaders.createOptimized("RateLimit-Policy");
  private static final CharSequence LIMIT = HttpHeaders.createOptimized("RateLimit");
  private static final Duration AWAY = Duration.ofSeconds(1);

  private final Quotas quotas;
  private final Rations rations;

  RateLimits(LimitSettings settings) {
    this.quotas = new Quotas(settings);
    Rations alone = new LocalRations(settings.principals(), TimeMeter.SYSTEM_NANOTIME);
    this.rations =
        settings
            .redisUrl()
            .<Rations>map(url ->
                new SharedRations(
                    url,
                    settings,
                    settings.whenRedisIsAway() == LimitSettings.WhenAway.OPEN ? alone : null))
            .orElse(alone);
  }

  @PreDestroy
  void close() {
    if (rations instanceof SharedRations shared) {
      shared.close();
    }
  }

  @Override
  public Future<Boolean> admit(Exchange exchange) {
    String rateClass = exchange.route().rateClass();
    if (rateClass.equals(Route.EXEMPT)) {
      return PASS;
    }
    Principal principal = exchange.principal();
    Quota quota = quotas.of(rateClass, principal);
    Future<Ration> asked = rations.take(key(rateClass, exchange, principal), quota);
    if (asked.succeeded()) {
      return decide(exchange, quota, asked.result());
    }
    return asked
        .recover(away ->
            Future.failedFuture(
                CommonError.UNAVAILABLE
                    .problem("Requests can't be counted just now.")
                    .retryAfter(AWAY)))
        .compose(ration -> decide(exchange, quota, ration));
  }

  private static Future<Boolean> decide(Exchange exchange, Quota quota, Ration ration) {
    MultiMap headers = exchange.response().headers();
    headers.set(POLICY, quota.policy());
    headers.set(LIMIT, ration.limit());
    if (ration.granted()) {
      return PASS;
    }
    return Future.failedFuture(
        CommonError.RATE_LIMITED.problem().retryAfter(Duration.ofNanos(ration.waitNanos())));
  }

  private static String key(String rateClass, Exchange exchange, @Nullable Principal principal) {
    return principal == null
        ? rateClass + ":addr:" + Subnet.of(exchange.client().address())
        : rateClass + ":" + principal.key();
  }
}
