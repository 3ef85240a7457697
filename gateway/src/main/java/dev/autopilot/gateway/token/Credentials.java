package dev.autopilot.gateway.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.autopilot.gateway.exchange.Exchange;
import dev.autopilot.gateway.exchange.Gate;
import dev.autopilot.gateway.exchange.Principal;
import dev.autopilot.gateway.revocation.Revocations;
import dev.autopilot.kernel.identity.AccessToken;
import dev.autopilot.kernel.identity.InvalidTokenException;
import dev.autopilot.kernel.identity.TokenVerifier;
import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.kernel.problem.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who asks. A token that has been verified is remembered until it expires; whether it has
 * been revoked is looked at every time. Verifying takes a signature check and, once in a while, the
 * fetching of keys: that happens on a worker thread.
 */
@ApplicationScoped
public class Credentials implements Gate {
  private static final String SCHEME = "Bearer ";
  private static final int REMEMBERED = 20_000;

  private final TokenVerifier verifier;
  private final Revocations revocations;
  private final Clock clock;
  private final Vertx vertx;
  private final Cache<String, Principal> known;

  Credentials(TokenVerifier verifier, Revocations revocations, Clock clock, Vertx vertx) {
    this.verifier = verifier;
    this.revocations = revocations;
    this.clock = clock;
    this.vertx = vertx;
    this.known =
        Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfter(new UntilTheTokenExpires(clock))
            .build();
  }

  @Override
  public Future<Boolean> admit(Exchange exchange) {
    String header = exchange.request().headers().get(HttpHeaders.AUTHORIZATION);
    if (header == null) {
      return withoutToken(exchange);
    }
    Principal principal = known.getIfPresent(header);
    if (principal != null) {
      return decide(exchange, principal);
    }
    String token = bearer(header);
    if (token == null) {
      return withoutToken(exchange);
    }
    return vertx
        .executeBlocking(() -> verify(token), false)
        .transform(verified -> {
          if (verified.succeeded()) {
            Principal found = verified.result();
            known.put(header, found);
            return decide(exchange, found);
          }
          return refused(exchange, verified.cause());
        });
  }

  private Principal verify(String token) throws InvalidTokenException {
    return Principal.of(verifier.verify(token));
  }

  private Future<Boolean> decide(Exchange exchange, Principal principal) {
    AccessToken token = principal.token();
    if (token == null || isOver(token) || revocations.refuse(token)) {
      return refused(exchange, null);
    }
    exchange.principal(principal);
    return PASS;
  }

  private boolean isOver(AccessToken token) {
    return !clock.instant().isBefore(token.expiresAt());
  }

  private static Future<Boolean> withoutToken(Exchange exchange) {
    if (exchange.route().isPublic()) {
      return PASS;
    }
    exchange.unauthenticated(
        CommonError.UNAUTHENTICATED.problem().header("WWW-Authenticate", "Bearer"));
    return PASS;
  }

  /** Where anybody may ask, a token that isn't worth anything does no harm. */
  private static Future<Boolean> refused(Exchange exchange, @Nullable Throwable why) {
    if (exchange.route().isPublic()) {
      return PASS;
    }
    if (why instanceof ProblemException keysAreOutOfReach) {
      return Future.failedFuture(keysAreOutOfReach);
    }
    if (why != null && !(why instanceof InvalidTokenException)) {
      return Future.failedFuture(why);
    }
    exchange.unauthenticated(
        CommonError.UNAUTHENTICATED
            .problem("The token is not valid, has expired or was revoked.")
            .header("WWW-Authenticate", "Bearer error=\"invalid_token\""));
    return PASS;
  }

  /** A later gate: whoever had to be known and isn't is sent away, after having been counted. */
  public static Future<Boolean> demand(Exchange exchange) {
    ProblemException refusal = exchange.unauthenticated();
    if (refusal != null) {
      throw refusal;
    }
    return PASS;
  }

  private static @Nullable String bearer(String header) {
    return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? header.substring(SCHEME.length()).strip()
        : null;
  }

  /** How long a principal is remembered: as long as its token lasts. */
  private record UntilTheTokenExpires(Clock clock)
      implements com.github.benmanes.caffeine.cache.Expiry<String, Principal> {
    @Override
    public long expireAfterCreate(String header, Principal principal, long now) {
      AccessToken token = principal.token();
      Instant end = token == null ? clock.instant() : token.expiresAt();
      return Math.max(0, Duration.between(clock.instant(), end).toNanos());
    }

    @Override
    public long expireAfterUpdate(String header, Principal principal, long now, long left) {
      return expireAfterCreate(header, principal, now);
    }

    @Override
    public long expireAfterRead(String header, Principal principal, long now, long left) {
      return left;
    }
  }
}
