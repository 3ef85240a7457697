package dev.autopilot.testkit;

import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * Mints access tokens as auth-service would, and broken ones as an attacker would.
 *
 * <pre>{@code
 * String alice = Tokens.forUser(aliceId).mint();
 * String stale = Tokens.forUser(aliceId).expired().mint();
 * }</pre>
 */
public final class Tokens {
  private final JwtClaims claims = new JwtClaims();
  private String type = "at+jwt";
  private String algorithm = "ES256";
  private Key key;
  private @Nullable PublicJsonWebKey broughtAlong;

  private Tokens(@Nullable String subject) {
    this.key = TestKey.get().getPrivateKey();
    Instant now = Instant.now();
    claims.setIssuer(TestKey.ISSUER);
    claims.setAudience("autopilot");
    if (subject != null) {
      claims.setSubject(subject);
    }
    claims.setGeneratedJwtId();
    claims.setClaim("sid", UUID.randomUUID().toString());
    claims.setStringClaim("typ", "access");
    claims.setStringListClaim("amr", "pwd");
    claims.setStringClaim("scope", "chat projects workflows integrations dashboard");
    claims.setStringListClaim("roles", "user");
    claims.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
    claims.setExpirationTime(
        NumericDate.fromSeconds(now.plus(Duration.ofMinutes(10)).getEpochSecond()));
  }

  public static Tokens forUser(UUID userId) {
    return new Tokens(userId.toString());
  }

  /** A token that is nobody's. */
  public static Tokens withoutSubject() {
    return new Tokens(null);
  }

  public Tokens scope(String scope) {
    claims.setStringClaim("scope", scope);
    return this;
  }

  public Tokens roles(String... roles) {
    claims.setStringListClaim("roles", List.of(roles));
    return this;
  }

  public Tokens admin() {
    roles("user", "admin");
    return scope("chat projects workflows integrations dashboard admin metrics");
  }

  public Tokens session(UUID sessionId) {
    claims.setStringClaim("sid", sessionId.toString());
    return this;
  }

  public Tokens issuer(String issuer) {
    claims.setIssuer(issuer);
    return this;
  }

  public Tokens audience(String audience) {
    claims.setAudience(audience);
    return this;
  }

  public Tokens type(String headerType) {
    this.type = headerType;
    return this;
  }

  public Tokens issuedAt(Instant at) {
    claims.setIssuedAt(NumericDate.fromSeconds(at.getEpochSecond()));
    return this;
  }

  public Tokens expiresAt(Instant at) {
    claims.setExpirationTime(NumericDate.fromSeconds(at.getEpochSecond()));
    return this;
  }

  public Tokens expired() {
    return issuedAt(Instant.now().minus(Duration.ofHours(2)))
        .expiresAt(Instant.now().minus(Duration.ofHours(1)));
  }

  public Tokens notBefore(Instant at) {
    claims.setNotBefore(NumericDate.fromSeconds(at.getEpochSecond()));
    return this;
  }

  /** Signed by a key that the token itself brings along, and says where to find. */
  public Tokens bringingItsKey() {
    try {
      PublicJsonWebKey own = EcJwkGenerator.generateJwk(EllipticCurves.P256);
      this.key = own.getPrivateKey();
      this.broughtAlong = own;
      return this;
    } catch (JoseException broken) {
      throw new IllegalStateException(broken);
    }
  }

  /** Signed by a key that auth-service has never seen. */
  public Tokens forged() {
    try {
      this.key = EcJwkGenerator.generateJwk(EllipticCurves.P256).getPrivateKey();
      return this;
    } catch (JoseException broken) {
      throw new IllegalStateException(broken);
    }
  }

  public String mint() {
    try {
      JsonWebSignature signature = new JsonWebSignature();
      signature.setPayload(claims.toJson());
      signature.setAlgorithmHeaderValue(algorithm);
      signature.setHeader("typ", type);
      signature.setKeyIdHeaderValue("test");
      signature.setKey(key);
      if (broughtAlong != null) {
        signature.setJwkHeader(broughtAlong);
        signature.setHeader("jku", "http://localhost/jwks.json");
      }
      return signature.getCompactSerialization();
    } catch (JoseException broken) {
      throw new IllegalStateException(broken);
    }
  }

  /** Every way in which a token must not be believed, named for test reports. */
  public static List<Untrusted> untrusted(UUID userId) {
    List<Untrusted> all = new ArrayList<>();
    all.add(new Untrusted("expired", forUser(userId).expired().mint()));
    all.add(
        new Untrusted(
            "not good yet",
            forUser(userId).notBefore(Instant.now().plus(Duration.ofMinutes(5))).mint()));
    all.add(new Untrusted("forged", forUser(userId).forged().mint()));
    all.add(new Untrusted("bringing its own key", forUser(userId).bringingItsKey().mint()));
    all.add(new Untrusted("of another issuer", forUser(userId).issuer("http://evil").mint()));
    all.add(new Untrusted("for another audience", forUser(userId).audience("other").mint()));
    all.add(new Untrusted("of another type", forUser(userId).type("JWT").mint()));
    all.add(new Untrusted("without a subject", withoutSubject().mint()));
    all.add(new Untrusted("not a token at all", "garbage"));
    all.add(new Untrusted("unsigned", unsigned(userId)));
    return all;
  }

  /** A token that must be refused, and why. */
  public record Untrusted(String why, String token) {
    @Override
    public String toString() {
      return why;
    }
  }

  private static String unsigned(UUID userId) {
    String[] parts = forUser(userId).mint().split("\\.", -1);
    String none =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                "{\"alg\":\"none\",\"typ\":\"at+jwt\"}".getBytes(StandardCharsets.UTF_8));
    return none + "." + parts[1] + ".";
  }
}
