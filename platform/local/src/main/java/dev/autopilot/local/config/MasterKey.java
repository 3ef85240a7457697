package dev.autopilot.local.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The master key, from which further secrets are derived. It never shows itself in text. */
public final class MasterKey {
  private static final String VARIABLE = "SECRET_KEY";
  private static final int SHORTEST = 32;

  private final String given;
  private final Path file;

  private MasterKey(String given, Path file) {
    this.given = given;
    this.file = file;
  }

  /**
   * The configured key; without one, in development, a key that is kept in {@code file}, and made
   * when it is first needed: who only looks leaves nothing behind. In production a missing or short
   * key is refused.
   */
  public static MasterKey of(Map<String, String> variables, boolean production, Path file) {
    String given = variables.getOrDefault(VARIABLE, "");
    if (production && given.length() < SHORTEST) {
      throw new Refusal(
          given.isEmpty()
              ? "ENVIRONMENT=production needs a SECRET_KEY of at least 32 characters, such as the output of: openssl rand -base64 48"
              : "SECRET_KEY has %d characters, and ENVIRONMENT=production needs at least %d."
                  .formatted(given.length(), SHORTEST));
    }
    return new MasterKey(given, file);
  }

  /** For the environment of a service. */
  public String value() {
    return given.isEmpty() ? kept(file) : given;
  }

  /**
   * A secret for one purpose: the same for the same key, and of no use to guess the key or another
   * secret.
   */
  public String derive(String purpose) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(value().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] derived = mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(derived);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  @Override
  public String toString() {
    return "MasterKey";
  }

  private static synchronized String kept(Path file) {
    try {
      if (!Files.exists(file)) {
        make(file);
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new Refusal("The master key %s can't be kept: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static void make(Path file) throws IOException {
    var bytes = new byte[48];
    new SecureRandom().nextBytes(bytes);
    Path folder = file.resolveSibling(".");
    Files.createDirectories(folder);
    // Temporary files are made readable by their owner only.
    Path fresh =
        Files.createTempFile(
            folder,
            "secret",
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(fresh, Base64.getUrlEncoder().encodeToString(bytes) + "\n");
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
