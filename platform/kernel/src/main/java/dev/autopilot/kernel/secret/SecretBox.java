package dev.autopilot.kernel.secret;

import dev.autopilot.kernel.start.MasterKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts what must be stored and later be had in the clear again, by AES-256-GCM under a key of
 * the master key's for that purpose. A sealed text reads {@code v1:<key id>:<base64url of nonce and
 * ciphertext>}; what the secret belongs to is authenticated with it, so that one moved to another
 * row doesn't open there.
 */
@ApplicationScoped
public class SecretBox {
  private static final String VERSION = "v1";
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int KEY_ID_BYTES = 4;

  private final MasterKey masterKey;
  private final SecureRandom random = new SecureRandom();

  SecretBox(MasterKey masterKey) {
    this.masterKey = masterKey;
  }

  /**
   * @param purpose a name for this kind of secret, such as {@code integration/webhook-secret}
   * @param owner what it belongs to, such as the row's id
   */
  public String seal(String purpose, Object owner, byte[] secret) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] hidden = run(Cipher.ENCRYPT_MODE, purpose, owner, nonce, secret);
    byte[] both = Arrays.copyOf(nonce, NONCE_BYTES + hidden.length);
    System.arraycopy(hidden, 0, both, NONCE_BYTES, hidden.length);
    return VERSION
        + ":"
        + keyId()
        + ":"
        + Base64.getUrlEncoder().withoutPadding().encodeToString(both);
  }

  /**
   * @throws IllegalStateException when it was sealed under another master key, for something else,
   *     or has been tampered with
   */
  public byte[] open(String purpose, Object owner, String sealed) {
    String[] parts = sealed.split(":", 3);
    if (parts.length != 3 || !parts[0].equals(VERSION)) {
      throw new IllegalStateException("This is not a sealed secret.");
    }
    if (!parts[1].equals(keyId())) {
      throw new IllegalStateException(
          "The secret was sealed under the master key %s, but SECRET_KEY is %s."
              .formatted(parts[1], keyId()));
    }
    byte[] both = Base64.getUrlDecoder().decode(parts[2]);
    return run(
        Cipher.DECRYPT_MODE,
        purpose,
        owner,
        Arrays.copyOf(both, NONCE_BYTES),
        Arrays.copyOfRange(both, NONCE_BYTES, both.length));
  }

  private byte[] run(int mode, String purpose, Object owner, byte[] nonce, byte[] input) {
    try {
      Cipher cipher = Cipher.getInstance(CIPHER);
      cipher.init(
          mode,
          new SecretKeySpec(masterKey.derive("seal/" + purpose), "AES"),
          new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(owner.toString().getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException refused) {
      throw new IllegalStateException("The secret can't be opened.", refused);
    }
  }

  /** Tells master keys apart and says nothing about them. */
  private String keyId() {
    return HexFormat.of().formatHex(masterKey.derive("key-id"), 0, KEY_ID_BYTES);
  }
}
