package dev.autopilot.auth.password;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An Argon2id hash with everything needed to check it, written in the PHC string format: {@code
 * $argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>}.
 */
final class PasswordHash {
  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d+),t=(\\d+),p=(\\d+)\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

  private final Cost cost;
  private final byte[] salt;
  private final byte[] hash;

  PasswordHash(Cost cost, byte[] salt, byte[] hash) {
    this.cost = cost;
    this.salt = salt;
    this.hash = hash;
  }

  /**
   * @param memoryKib KiB of memory
   * @param iterations passes over it
   * @param parallelism lanes
   */
  record Cost(int memoryKib, int iterations, int parallelism) {
    boolean isWeakerThan(Cost other) {
      return memoryKib < other.memoryKib || iterations < other.iterations;
    }
  }

  static PasswordHash parse(String phc) {
    Matcher parts = PHC.matcher(phc);
    if (!parts.matches()) {
      throw new IllegalStateException("A stored password hash is not in the PHC format");
    }
    return new PasswordHash(
        new Cost(
            Integer.parseInt(parts.group(1)),
            Integer.parseInt(parts.group(2)),
            Integer.parseInt(parts.group(3))),
        Base64.getDecoder().decode(parts.group(4)),
        Base64.getDecoder().decode(parts.group(5)));
  }

  Cost cost() {
    return cost;
  }

  /** Whether hashing at the same cost with the same salt gives the same. In constant time. */
  boolean isWhat(Hashing hashing) {
    return MessageDigest.isEqual(hash, hashing.compute(cost, salt, hash.length));
  }

  /** Hashes one password. */
  interface Hashing {
    byte[] compute(Cost cost, byte[] salt, int length);
  }

  String phc() {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            cost.memoryKib,
            cost.iterations,
            cost.parallelism,
            base64.encodeToString(salt),
            base64.encodeToString(hash));
  }

  @Override
  public String toString() {
    return "PasswordHash[" + cost + "]";
  }
}
