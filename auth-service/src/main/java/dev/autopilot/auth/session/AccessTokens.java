package dev.autopilot.auth.session;

import dev.autopilot.auth.key.KeyRing;
import dev.autopilot.auth.key.SigningKeyPair;
import dev.autopilot.kernel.Ids;
import dev.autopilot.kernel.identity.TokenVerifier;
import dev.autopilot.kernel.start.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** Signs access tokens (RFC 9068): ES256, short-lived, for this installation only. */
@ApplicationScoped
public class AccessTokens {
  private final KeyRing keys;
  private final Clock clock;
  private final String issuer;
  private final Duration lifetime;

  AccessTokens(KeyRing keys, Clock clock, Settings settings, SessionSettings sessions) {
    this.keys = keys;
    this.clock = clock;
    this.issuer = settings.publicUrl().toString();
    this.lifetime = sessions.accessLifetime();
  }

  /**
   * What a token says.
   *
   * @param session what it is revoked by: a session or a personal access token; null where neither
   * @param amr how the person proved who they are (RFC 8176)
   * @param actor the service that acts for the person (RFC 8693, section 4.1)
   */
  public record Grant(
      UUID user,
      @Nullable UUID session,
      List<String> roles,
      Collection<String> scopes,
      List<String> amr,
      @Nullable String actor) {}

  public Duration lifetime() {
    return lifetime;
  }

  public String issue(Grant grant) {
    return issue(Ids.next(), grant, lifetime);
  }

  /**
   * @param id the {@code jti}
   * @param most how long the token is good, if that is less than usual
   */
  public String issue(UUID id, Grant grant, Duration most) {
    Instant now = clock.instant();
    Instant end = now.plus(most.compareTo(lifetime) < 0 ? most : lifetime);
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(issuer);
    claims.setAudience(TokenVerifier.AUDIENCE);
    claims.setSubject(grant.user().toString());
    if (grant.session() != null) {
      claims.setStringClaim("sid", grant.session().toString());
    }
    if (grant.actor() != null) {
      claims.setClaim("act", Map.of("sub", grant.actor()));
    }
    claims.setJwtId(id.toString());
    claims.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
    claims.setExpirationTime(NumericDate.fromSeconds(end.getEpochSecond()));
    claims.setStringClaim("scope", String.join(" ", grant.scopes().stream().sorted().toList()));
    claims.setStringListClaim("roles", grant.roles());
    claims.setStringListClaim("amr", grant.amr());
    claims.setStringClaim("typ", "access");
    return sign(claims);
  }

  private String sign(JwtClaims claims) {
    SigningKeyPair key = keys.signer();
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(claims.toJson());
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
    signature.setHeader("typ", TokenVerifier.TYPE);
    signature.setKeyIdHeaderValue(key.kid());
    signature.setKey(key.privateKey());
    try {
      return signature.getCompactSerialization();
    } catch (JoseException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
