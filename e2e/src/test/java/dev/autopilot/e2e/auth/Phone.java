package dev.autopilot.e2e.auth;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Somebody's authenticator app (RFC 6238), written apart from the service's. */
record Phone(String base32) {
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  String code() {
    return codeAt(step());
  }

  /** Of a clock that is half a minute fast, which is within what is borne. */
  String nextCode() {
    return codeAt(step() + 1);
  }

  private static long step() {
    return Instant.now().getEpochSecond() / 30;
  }

  private String codeAt(long step) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret(), "HmacSHA1"));
      ByteBuffer hash = ByteBuffer.wrap(mac.doFinal(ByteBuffer.allocate(8).putLong(step).array()));
      int offset = hash.get(hash.limit() - 1) & 0xf;
      return "%06d".formatted((hash.getInt(offset) & Integer.MAX_VALUE) % 1_000_000);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private byte[] secret() {
    ByteBuffer bytes = ByteBuffer.allocate(base32.length() * 5 / 8);
    int bits = 0;
    int pending = 0;
    for (int i = 0; i < base32.length(); i++) {
      bits = (bits << 5) | ALPHABET.indexOf(base32.charAt(i));
      pending += 5;
      if (pending >= 8) {
        pending -= 8;
        bytes.put((byte) (bits >> pending));
      }
    }
    return bytes.array();
  }
}
