package dev.autopilot.auth.key;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jspecify.annotations.Nullable;

/**
 * A P-256 key, ready for use.
 *
 * @param kid its RFC 7638 thumbprint
 * @param signsFrom when it begins to sign, if no younger key does
 * @param publishedUntil when nobody believes it any more; null while it has no successor
 */
public record SigningKeyPair(
    String kid,
    ECPublicKey publicKey,
    PrivateKey privateKey,
    Instant signsFrom,
    @Nullable Instant publishedUntil) {
  private static final String CURVE = "secp256r1";

  static SigningKeyPair generate(Instant signsFrom) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(CURVE));
      KeyPair pair = generator.generateKeyPair();
      ECPublicKey publicKey = (ECPublicKey) pair.getPublic();
      return new SigningKeyPair(
          new EllipticCurveJsonWebKey(publicKey).calculateBase64urlEncodedThumbprint("SHA-256"),
          publicKey,
          pair.getPrivate(),
          signsFrom,
          null);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static SigningKeyPair of(SigningKey stored, byte[] privateKey) {
    try {
      KeyFactory keys = KeyFactory.getInstance("EC");
      return new SigningKeyPair(
          stored.kid(),
          (ECPublicKey) keys.generatePublic(new X509EncodedKeySpec(stored.publicKey())),
          keys.generatePrivate(new PKCS8EncodedKeySpec(privateKey)),
          stored.signsFrom(),
          stored.publishedUntil());
    } catch (GeneralSecurityException damaged) {
      throw new IllegalStateException("The stored key " + stored.kid() + " is damaged", damaged);
    }
  }

  boolean isPublishedAt(Instant now) {
    return publishedUntil == null || publishedUntil.isAfter(now);
  }

  boolean signsAt(Instant now) {
    return !signsFrom.isAfter(now) && isPublishedAt(now);
  }

  /** The public half as a JWK (RFC 7517). */
  JsonWebKey jwk() {
    EllipticCurveJsonWebKey jwk = new EllipticCurveJsonWebKey(publicKey);
    jwk.setKeyId(kid);
    jwk.setUse("sig");
    jwk.setAlgorithm("ES256");
    return jwk;
  }

  @Override
  public String toString() {
    return "SigningKeyPair[" + kid + "]";
  }
}
