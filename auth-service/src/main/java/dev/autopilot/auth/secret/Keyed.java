package dev.autopilot.auth.secret;

import dev.autopilot.kernel.start.MasterKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 under a key of one purpose: a hash that only this installation can make. */
@ApplicationScoped
public class Keyed {
  private static final String HMAC = "HmacSHA256";

  private final MasterKey master;

  Keyed(MasterKey master) {
    this.master = master;
  }

  public byte[] hash(String purpose, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(master.derive(purpose), HMAC));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  public byte[] hash(String purpose, String text) {
    return hash(purpose, text.getBytes(StandardCharsets.UTF_8));
  }
}
