package dev.autopilot.kernel.start;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The installation's one secret ({@code SECRET_KEY}), never used itself: each purpose has a key of
 * its own, derived by HMAC-SHA256, so that one key's loss says nothing about another.
 */
@ApplicationScoped
public class MasterKey {
  private static final String HMAC = "HmacSHA256";

  private final Settings settings;

  MasterKey(Settings settings) {
    this.settings = settings;
  }

  /** 32 bytes that only this installation knows, always the same for the same purpose. */
  public byte[] derive(String purpose) {
    String secret =
        settings.masterKey().orElseThrow(() -> new IllegalStateException("SECRET_KEY is not set."));
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
      return mac.doFinal(("autopilot/v1/" + purpose).getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * What a service shows auth-service to prove which service it is; given by {@code
   * AUTOPILOT_SERVICE_SECRET} where a deployment keeps the master key from the others.
   */
  public String serviceSecret(String service) {
    return settings
        .serviceSecret()
        .filter(own -> service.equals(settings.service()))
        .orElseGet(() ->
            Base64.getUrlEncoder().withoutPadding().encodeToString(derive("service/" + service)));
  }
}
