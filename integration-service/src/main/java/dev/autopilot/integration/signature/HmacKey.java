package dev.autopilot.integration.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A secret shared with a sender. */
final class HmacKey {
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  HmacKey(byte[] secret) {
    this.key = new SecretKeySpec(secret, ALGORITHM);
  }

  static HmacKey ofText(String secret) {
    return new HmacKey(secret.getBytes(UTF_8));
  }

  /**
   * Whether one of the signatures is this key's over the prefix and the body. The time it takes
   * tells nothing about where a signature differs, nor which of them is right.
   */
  boolean signed(List<byte[]> signatures, String prefix, byte[] body) {
    byte[] expected = hmac(prefix, body);
    boolean found = false;
    for (byte[] signature : signatures) {
      found |= MessageDigest.isEqual(expected, signature);
    }
    return found;
  }

  private byte[] hmac(String prefix, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(prefix.getBytes(UTF_8));
      return mac.doFinal(body);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
