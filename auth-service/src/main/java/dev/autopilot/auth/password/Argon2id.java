package dev.autopilot.auth.password;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Argon2id (RFC 9106), version 1.3, with a 16-byte salt and a 32-byte hash. */
final class Argon2id {
  private static final int SALT = 16;
  private static final int HASH = 32;

  /**
   * The 19 MiB of each hashing thread, used again for its next hash: otherwise a flood of sign-ins
   * is a flood of garbage. They are wiped after each use and given back when the thread ends.
   */
  private static final ThreadLocal<FixedBlockPool> MEMORY = new ThreadLocal<>();

  private final PasswordHash.Cost cost;
  private final SecureRandom random = new SecureRandom();

  Argon2id(PasswordHash.Cost cost) {
    this.cost = cost;
  }

  PasswordHash hash(Password password) {
    byte[] salt = randomBytes(SALT);
    return new PasswordHash(cost, salt, compute(password, cost, salt, HASH));
  }

  /** Only the hash, under a salt that is kept elsewhere. */
  String hash(Password secret, String salt) {
    return Base64.getEncoder()
        .encodeToString(compute(secret, cost, salt.getBytes(StandardCharsets.UTF_8), HASH));
  }

  boolean matches(PasswordHash stored, Password password) {
    return stored.isWhat((cost, salt, length) -> compute(password, cost, salt, length));
  }

  /** A hash that costs what a real one costs and that no password has. */
  PasswordHash unmatched() {
    return new PasswordHash(cost, randomBytes(SALT), randomBytes(HASH));
  }

  boolean wouldStrengthen(PasswordHash stored) {
    return stored.cost().isWeakerThan(cost);
  }

  private byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  static byte[] compute(Password password, PasswordHash.Cost cost, byte[] salt, int length) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(cost.memoryKib())
            .withIterations(cost.iterations())
            .withParallelism(cost.parallelism())
            .withSalt(salt)
            .withBlockPool(memory(cost))
            .build());
    byte[] hash = new byte[length];
    generator.generateBytes(password.bytes(), hash);
    return hash;
  }

  /** Gives back what this thread has hashed in. */
  static void giveMemoryBack() {
    if (MEMORY.get() != null) {
      MEMORY.remove();
      System.gc();
    }
  }

  private static FixedBlockPool memory(PasswordHash.Cost cost) {
    FixedBlockPool memory = MEMORY.get();
    if (memory == null) {
      memory =
          new FixedBlockPool(
              Argon2BytesGenerator.getBlockCount(cost.memoryKib(), cost.parallelism()));
      MEMORY.set(memory);
    }
    return memory;
  }
}
