package dev.autopilot.kernel.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.autopilot.kernel.problem.CommonError;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jspecify.annotations.Nullable;

/**
 * Verifies access tokens (RFC 9068): signature by a key of the JWKS, ES256 only, type {@code
 * at+jwt}, issuer, audience, a subject that is a user id, not expired. What has been verified is
 * remembered for a minute at most, so that a busy client costs one signature check a minute.
 */
public final class TokenVerifier {
  /** The media type in the token's {@code typ} header. */
  public static final String TYPE = "at+jwt";

  public static final String AUDIENCE = "autopilot";

  private static final Duration REMEMBERED = Duration.ofMinutes(1);
  private static final int REMEMBERED_TOKENS = 20_000;
  private static final int MAX_LENGTH = 8_192;

  private final JwtConsumer consumer;
  private final Clock clock;
  private final Cache<String, AccessToken> verified =
      Caffeine.newBuilder().maximumSize(REMEMBERED_TOKENS).expireAfterWrite(REMEMBERED).build();

  public TokenVerifier(VerificationKeyResolver keys, String issuer, Clock clock) {
    this.clock = clock;
    this.consumer =
        new JwtConsumerBuilder()
            .setVerificationKeyResolver(keys)
            .setJwsAlgorithmConstraints(
                new AlgorithmConstraints(
                    ConstraintType.PERMIT, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256))
            .setExpectedType(true, TYPE)
            .setExpectedIssuer(issuer)
            .setExpectedAudience(AUDIENCE)
            .setRequireSubject()
            .setRequireExpirationTime()
            .setRequireIssuedAt()
            .setAllowedClockSkewInSeconds(5)
            .setEvaluationTime(null)
            .build();
  }

  /**
   * The token's content, or an exception that says why it is not to be believed.
   *
   * @throws dev.autopilot.kernel.problem.ProblemException 503 when the keys can't be had
   */
  public AccessToken verify(String token) throws InvalidTokenException {
    AccessToken known = verified.getIfPresent(token);
    if (known == null) {
      known = check(token);
      verified.put(token, known);
    }
    if (!clock.instant().isBefore(known.expiresAt())) {
      throw new InvalidTokenException("expired");
    }
    return known;
  }

  private AccessToken check(String token) throws InvalidTokenException {
    if (token.length() > MAX_LENGTH) {
      throw new InvalidTokenException("too long");
    }
    try {
      JwtClaims claims = consumer.processToClaims(token);
      return new AccessToken(
          token,
          UUID.fromString(claims.getSubject()),
          id(claims.getStringClaimValue("sid")),
          set(claims.getStringListClaimValue("roles")),
          scopes(claims.getStringClaimValue("scope")),
          Instant.ofEpochSecond(claims.getIssuedAt().getValue()),
          Instant.ofEpochSecond(claims.getExpirationTime().getValue()),
          claims);
    } catch (InvalidJwtException refused) {
      if (keysAreOutOfReach(refused)) {
        throw CommonError.UNAVAILABLE
            .problem("The keys that tokens are signed with can't be read just now.")
            .retryAfter(Duration.ofSeconds(1));
      }
      throw new InvalidTokenException(refused.getErrorDetails().toString());
    } catch (MalformedClaimException | IllegalArgumentException malformed) {
      throw new InvalidTokenException("a claim has the wrong form");
    }
  }

  private static boolean keysAreOutOfReach(Throwable refused) {
    for (Throwable cause = refused.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable UUID id(@Nullable String text) {
    return text == null ? null : UUID.fromString(text);
  }

  private static Set<String> set(@Nullable List<String> values) {
    return values == null ? Set.of() : Set.copyOf(values);
  }

  private static Set<String> scopes(@Nullable String scope) {
    return scope == null || scope.isBlank() ? Set.of() : Set.of(scope.strip().split("\\s+"));
  }
}
