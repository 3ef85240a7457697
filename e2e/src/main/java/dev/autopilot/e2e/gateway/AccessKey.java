package dev.autopilot.e2e.gateway;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/** Signs access tokens as auth-service would, where a gateway runs without one. */
public final class AccessKey {
  private static final int COORDINATE = 32;

  private final KeyPair pair;

  public AccessKey() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    pair = generator.generateKeyPair();
  }

  /** What auth-service shows at {@code /.well-known/jwks.json}. */
  public String jwks() {
    ECPublicKey key = (ECPublicKey) pair.getPublic();
    return """
    {"keys":[{"kty":"EC","crv":"P-256","kid":"bench","alg":"ES256","use":"sig","x":"%s","y":"%s"}]}
    """
        .formatted(base64(key.getW().getAffineX()), base64(key.getW().getAffineY()));
  }

  /** A token of somebody new, good for an hour. */
  public String mint(String issuer) throws GeneralSecurityException {
    return mint(issuer, UUID.randomUUID());
  }

  /** A token of somebody new, in that session. */
  public String mint(String issuer, UUID session) throws GeneralSecurityException {
    long now = Instant.now().getEpochSecond();
    String claims =
        """
        {"iss":"%s","aud":"autopilot","sub":"%s","sid":"%s","jti":"%s","iat":%d,"exp":%d,\
        "scope":"chat projects","roles":["user"],"amr":["pwd"],"typ":"access"}\
        """
            .formatted(issuer, UUID.randomUUID(), session, UUID.randomUUID(), now, now + 3_600);
    String signed =
        base64("{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"bench\"}") + "." + base64(claims);
    Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initSign(pair.getPrivate());
    signature.update(signed.getBytes(StandardCharsets.US_ASCII));
    return signed + "." + base64(signature.sign());
  }

  private static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Exactly 32 bytes, whatever the number's size and sign byte. */
  private static String base64(BigInteger coordinate) {
    byte[] number = coordinate.toByteArray();
    byte[] fixed = new byte[COORDINATE];
    int length = Math.min(number.length, COORDINATE);
    System.arraycopy(number, number.length - length, fixed, COORDINATE - length, length);
    return base64(fixed);
  }
}
