package dev.autopilot.integration.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.autopilot.integration.signature.StandardSecret;
import dev.autopilot.kernel.secret.SecretBox;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The secrets of endpoints: made here or given, and never at rest in the clear. */
@ApplicationScoped
class Secrets {
  private static final String PURPOSE = "integration/webhook-secret";
  private static final int BYTES = 32;

  private final SecretBox box;
  private final SecureRandom random = new SecureRandom();

  Secrets(SecretBox box) {
    this.box = box;
  }

  /** The secret to begin with; null where there is none or the sender's is yet to come. */
  @Nullable String choose(Verification wanted) {
    if (wanted.secret() != null) {
      return wanted.secret();
    }
    return switch (wanted.scheme()) {
      case STANDARD -> StandardSecret.generate(random);
      case GITHUB, HMAC -> generate();
      case STRIPE, SLACK, NONE -> null;
    };
  }

  private String generate() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  @Nullable String seal(UUID endpoint, @Nullable String secret) {
    return secret == null ? null : box.seal(PURPOSE, endpoint, secret.getBytes(UTF_8));
  }

  @Nullable String open(UUID endpoint, @Nullable String sealed) {
    return sealed == null ? null : new String(box.open(PURPOSE, endpoint, sealed), UTF_8);
  }
}
