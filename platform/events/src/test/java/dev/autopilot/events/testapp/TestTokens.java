package dev.autopilot.events.testapp;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.JoseException;

/** Access tokens signed with a key that the application under test believes in. */
public final class TestTokens {
  private static final EllipticCurveJsonWebKey KEY = generate();

  private TestTokens() {}

  /** In the place of auth-service's JWKS. */
  @Singleton
  static class Keys {
    @Produces
    @Singleton
    VerificationKeyResolver keys() {
      return (signature, context) -> KEY.getPublicKey();
    }
  }

  public static String of(UUID user) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer("http://gateway.test");
    claims.setAudience("autopilot");
    claims.setSubject(user.toString());
    claims.setIssuedAtToNow();
    claims.setExpirationTimeMinutesInTheFuture(60);
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(claims.toJson());
    signature.setAlgorithmHeaderValue("ES256");
    signature.setHeader("typ", "at+jwt");
    signature.setKey(KEY.getPrivateKey());
    try {
      return signature.getCompactSerialization();
    } catch (JoseException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private static EllipticCurveJsonWebKey generate() {
    try {
      return EcJwkGenerator.generateJwk(EllipticCurves.P256);
    } catch (JoseException broken) {
      throw new IllegalStateException(broken);
    }
  }
}
