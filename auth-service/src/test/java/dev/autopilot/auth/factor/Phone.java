package dev.autopilot.auth.factor;

import dev.autopilot.auth.MovableClock;
import java.math.BigInteger;

/** Somebody's authenticator app. */
public final class Phone {
  private final byte[] secret;
  private final MovableClock clock;

  /**
   * @param base32 the secret as it was typed or read from the QR code
   */
  public Phone(String base32, MovableClock clock) {
    this.secret = decode(base32);
    this.clock = clock;
  }

  public String code() {
    return new Totp().codeAt(clock.instant().getEpochSecond() / 30, secret);
  }

  private static byte[] decode(String base32) {
    BigInteger bits = BigInteger.ZERO;
    for (int i = 0; i < base32.length(); i++) {
      int digit = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(base32.charAt(i));
      bits = bits.shiftLeft(5).or(BigInteger.valueOf(digit));
    }
    byte[] bytes = bits.toByteArray();
    byte[] secret = new byte[base32.length() * 5 / 8];
    int surplus = bytes.length - secret.length;
    System.arraycopy(
        bytes,
        Math.max(0, surplus),
        secret,
        Math.max(0, -surplus),
        Math.min(bytes.length, secret.length));
    return secret;
  }
}
