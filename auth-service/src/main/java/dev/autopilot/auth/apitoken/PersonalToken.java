package dev.autopilot.auth.apitoken;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * A personal access token as its owner holds it: {@code ap_}, 43 characters that carry 256 random
 * bits, and six that are their checksum. The prefix lets scanners find tokens that were published
 * by mistake; the checksum lets them, and us, tell a token from something that looks like one
 * without asking a database.
 */
record PersonalToken(String value) {
  static final String PREFIX = "ap_";

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int SECRET = 43;
  private static final int CHECKSUM = 6;
  private static final int SHOWN = 8;
  private static final Pattern FORM = Pattern.compile("ap_[0-9A-Za-z]{49}");

  static PersonalToken random() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    String secret = base62(new BigInteger(1, bytes), SECRET);
    return new PersonalToken(PREFIX + secret + checksum(secret));
  }

  /** The token, if the text can be one at all. */
  static Optional<PersonalToken> parse(String text) {
    if (!FORM.matcher(text).matches()) {
      return Optional.empty();
    }
    int end = PREFIX.length() + SECRET;
    String secret = text.substring(PREFIX.length(), end);
    return text.substring(end).equals(checksum(secret))
        ? Optional.of(new PersonalToken(text))
        : Optional.empty();
  }

  /** What is stored of it. */
  byte[] hash() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Enough for its owner to know it again. */
  String beginning() {
    return value.substring(0, SHOWN);
  }

  private static String checksum(String secret) {
    CRC32 crc = new CRC32();
    crc.update(secret.getBytes(StandardCharsets.US_ASCII));
    return base62(BigInteger.valueOf(crc.getValue()), CHECKSUM);
  }

  private static String base62(BigInteger number, int length) {
    StringBuilder digits = new StringBuilder();
    BigInteger rest = number;
    BigInteger base = BigInteger.valueOf(DIGITS.length());
    for (int i = 0; i < length; i++) {
      BigInteger[] parts = rest.divideAndRemainder(base);
      digits.append(DIGITS.charAt(parts[1].intValue()));
      rest = parts[0];
    }
    return digits.reverse().toString();
  }

  /** Secrets are never logged. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "PersonalToken[%s…]", beginning());
  }
}
