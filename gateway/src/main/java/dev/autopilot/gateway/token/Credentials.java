package dev.autopilot.gateway.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.autopilot.gateway.exchange.Exchange;
import dev.autopilot.gateway.exchange.Gate;
import dev.autopilot.gateway.exchange.Principal;
import dev.autopilot.gateway.limit.Guesses;
import dev.autopilot.gateway.revocation.Revocations;
import dev.autopilot.kernel.identity.AccessToken;
import dev.autopilot.kernel.identity.InvalidTokenException;
import dev.autopilot.kernel.identity.TokenVerifier;
import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.kernel.problem.ProblemException;
import dev.autopilot.kernel.start.Settings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds out who asks. A token that has been verified is remembered until it expires; whether it has
 * been revoked is looked at every time. Verifying takes a signature check and, once in a while, the
 * fetching of keys: that happens on a worker thread, once for all of an event loop who show the
 * same token meanwhile.
 */
@ApplicationScoped
public class Credentials implements Gate {
  private static final int REMEMBERED = 20_000;

  /** A personal token that was refused is not asked about again for so long, nor counted. */
  private static final Duration WORTHLESS_FOR = Duration.ofMinutes(1);

  private final TokenVerifier verifier;
  private final PersonalTokens personalTokens;
  private final Revocations revocations;
  private final Guesses guesses;
  private final Clock clock;
  private final Vertx vertx;
  private final boolean secureOnly;
  private final Cache<String, Principal> known;
  private final Cache<String, Boolean> worthless;
  private final Map<Asked, Future<Principal>> underWay = new ConcurrentHashMap<>();

  Credentials(
      TokenVerifier verifier,
      PersonalTokens personalTokens,
      Revocations revocations,
      Guesses guesses,
      Settings settings,
      Clock clock,
      Vertx vertx) {
    this.verifier = verifier;
    this.personalTokens = personalTokens;
    this.revocations = revocations;
    this.guesses = guesses;
    this.clock = clock;
    this.vertx = vertx;
    this.secureOnly = "https".equals(settings.publicUrl().getScheme());
    this.known =
        Caffeine.newBuilder()
            // Its upkeep is short: another thread would have to be woken for it.
            .executor(Runnable::run)
            .maximumSize(REMEMBERED)
            .expireAfter(new UntilTheTokenExpires(clock))
            .build();
    this.worthless =
        Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumSize(REMEMBERED)
            .expireAfterWrite(WORTHLESS_FOR)
            .build();
  }

  /** What is being verified, and on whose behalf: a future calls back on the loop that asked. */
  private record Asked(String token, Thread loop) {}

  @Override
  public Future<Boolean> admit(Exchange exchange) {
    if (exchange.route().isForAnybody()) {
      return PASS;
    }
    Presented presented = Presented.by(exchange, secureOnly);
    if (presented == null) {
      return withoutToken(exchange);
    }
    Principal principal = known.getIfPresent(presented.token());
    if (principal != null) {
      return decide(exchange, presented, principal);
    }
    return underWay(presented.token(), exchange.client().address())
        .transform(verified ->
            verified.succeeded()
                ? decide(exchange, presented, verified.result())
                : refused(exchange, verified.cause()));
  }

  /** A later gate: whoever had to be known and isn't is sent away, after having been counted. */
  public static Future<Boolean> demand(Exchange exchange) {
    ProblemException refusal = exchange.unauthenticated();
    if (refusal != null) {
      throw refusal;
    }
    return PASS;
  }

  private Future<Principal> underWay(String token, String address) {
    Asked asked = new Asked(token, Thread.currentThread());
    Future<Principal> present = underWay.get(asked);
    if (present != null) {
      return present;
    }
    Future<Principal> verifying =
        PersonalTokens.isOne(token)
            ? exchanged(token, address)
            : vertx.executeBlocking(() -> Principal.of(verifier.verify(token)), false);
    underWay.put(asked, verifying);
    return verifying.onComplete(done -> {
      if (done.succeeded()) {
        known.put(token, done.result());
      }
      underWay.remove(asked);
    });
  }

  /** auth-service is asked about it, which an address may have done in vain only so often. */
  private Future<Principal> exchanged(String token, String address) {
    if (worthless.getIfPresent(token) != null) {
      return Future.failedFuture(CommonError.UNAUTHENTICATED.problem());
    }
    Guesses.Attempt attempt = guesses.begin(address);
    if (!attempt.granted()) {
      return Future.failedFuture(
          CommonError.RATE_LIMITED
              .problem("Too many tokens from this address were not valid.")
              .retryAfter(attempt.waiting()));
    }
    return vertx
        .executeBlocking(() -> personalTokens.exchange(token), false)
        .onComplete(done -> {
          if (done.failed() && isWorthless(done.cause())) {
            worthless.put(token, true);
          } else {
            attempt.giveBack();
          }
        });
  }

  private Future<Boolean> decide(Exchange exchange, Presented presented, Principal principal) {
    AccessToken token = principal.token();
    if (token == null
        || !clock.instant().isBefore(token.expiresAt())
        || revocations.refuse(token)) {
      return refused(exchange, CommonError.UNAUTHENTICATED.problem());
    }
    exchange.principal(principal);
    if (presented.fromCookie()) {
      exchange.cameByCookie();
    }
    if (presented.fromCookie() || PersonalTokens.isOne(presented.token())) {
      exchange.bearer(token.raw());
    }
    return PASS;
  }

  private static Future<Boolean> withoutToken(Exchange exchange) {
    if (!exchange.route().isPublic()) {
      exchange.unauthenticated(
          CommonError.UNAUTHENTICATED.problem().header("WWW-Authenticate", "Bearer"));
    }
    return PASS;
  }

  /** Where anybody may ask, a token that isn't worth anything does no harm. */
  private static Future<Boolean> refused(Exchange exchange, Throwable why) {
    if (exchange.route().isPublic()) {
      return PASS;
    }
    if (!isWorthless(why)) {
      return Future.failedFuture(why);
    }
    exchange.unauthenticated(
        CommonError.UNAUTHENTICATED
            .problem("The token is not valid, has expired or was revoked.")
            .header("WWW-Authenticate", "Bearer error=\"invalid_token\""));
    return PASS;
  }

  private static boolean isWorthless(Throwable why) {
    return why instanceof InvalidTokenException
        || (why instanceof ProblemException problem && problem.code().status() == 401);
  }
}
