package dev.autopilot.kernel.web;

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

/** In the place of auth-service: the kernel can't use the testkit, which stands on the kernel. */
@Singleton
class TestKeys {
  private final EllipticCurveJsonWebKey key;

  TestKeys() throws JoseException {
    key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
  }

  @Produces
  @Singleton
  VerificationKeyResolver keys() {
    return (signature, context) -> key.getPublicKey();
  }

  String token(UUID user, String scope) throws JoseException {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer("http://localhost:8080");
    claims.setAudience("autopilot");
    claims.setSubject(user.toString());
    claims.setStringClaim("scope", scope);
    claims.setIssuedAtToNow();
    claims.setExpirationTimeMinutesInTheFuture(5);
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(claims.toJson());
    signature.setAlgorithmHeaderValue("ES256");
    signature.setHeader("typ", "at+jwt");
    signature.setKey(key.getPrivateKey());
    return signature.getCompactSerialization();
  }
}
