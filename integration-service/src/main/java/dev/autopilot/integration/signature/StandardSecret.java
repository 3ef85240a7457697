package dev.autopilot.integration.signature;

import java.security.SecureRandom;
import java.util.Base64;

/** Secrets as Standard Webhooks writes them: 24 to 64 bytes in base64 after {@code whsec_}. */
public final class StandardSecret {
  private static final String PREFIX = "whsec_";
  private static final int MIN_BYTES = 24;
  private static final int MAX_BYTES = 64;
  private static final int NEW_BYTES = 32;

  private StandardSecret() {}

  public static String generate(SecureRandom random) {
    byte[] bytes = new byte[NEW_BYTES];
    random.nextBytes(bytes);
    return PREFIX + Base64.getEncoder().encodeToString(bytes);
  }

  public static boolean isValid(String secret) {
    int length = Encoded.base64(withoutPrefix(secret)).length;
    return length >= MIN_BYTES && length <= MAX_BYTES;
  }

  static byte[] bytes(String secret) {
    if (!isValid(secret)) {
      throw new IllegalArgumentException("This is no secret of Standard Webhooks.");
    }
    return Encoded.base64(withoutPrefix(secret));
  }

  private static String withoutPrefix(String secret) {
    return secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret;
  }
}
