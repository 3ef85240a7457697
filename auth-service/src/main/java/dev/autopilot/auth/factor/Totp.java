package dev.autopilot.auth.factor;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.spec.SecretKeySpec;

/**
 * Time-based one-time passwords (RFC 6238) as every authenticator app makes them: SHA-1, six
 * digits, thirty seconds. A code is good in its own step and in the one before and after, for
 * clocks that differ.
 */
final class Totp {
  static final int DIGITS = 6;
  static final Duration STEP = Duration.ofSeconds(30);

  private static final int SECRET_BYTES = 20; // RFC 4226, section 4: 160 bits are recommended
  private static final int DRIFT = 1;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final TimeBasedOneTimePasswordGenerator generator =
      new TimeBasedOneTimePasswordGenerator(STEP, DIGITS, "HmacSHA1");

  static byte[] newSecret() {
    byte[] secret = new byte[SECRET_BYTES];
    RANDOM.nextBytes(secret);
    return secret;
  }

  /** The step that the code is of, if it is near now. */
  OptionalLong stepOf(String code, byte[] secret, Instant now) {
    long present = now.getEpochSecond() / STEP.toSeconds();
    OptionalLong found = OptionalLong.empty();
    for (long step = present - DRIFT; step <= present + DRIFT; step++) {
      // No early end: how long it takes doesn't tell which step matched.
      if (MessageDigest.isEqual(ascii(code), ascii(codeAt(step, secret)))) {
        found = OptionalLong.of(step);
      }
    }
    return found;
  }

  String codeAt(long step, byte[] secret) {
    try {
      Instant time = Instant.ofEpochSecond(step * STEP.toSeconds());
      return "%06d"
          .formatted(generator.generateOneTimePassword(new SecretKeySpec(secret, "RAW"), time));
    } catch (InvalidKeyException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] ascii(String code) {
    return code.getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }
}
