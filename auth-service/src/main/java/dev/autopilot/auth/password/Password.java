package dev.autopilot.auth.password;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/**
 * A password as typed, in Unicode's NFKC form, so that the same keys on another keyboard give the
 * same password. Nothing is trimmed, cut or folded.
 */
public final class Password {
  /** Code points of the normal form. */
  public static final int MIN_LENGTH = 8;

  public static final int MAX_LENGTH = 128;

  /** UTF-16 units as sent; bounds the work of normalising and leaves room for decomposed forms. */
  public static final int MAX_RAW_LENGTH = 1024;

  private final String normal;

  public Password(String typed) {
    this.normal = Normalizer.normalize(typed, Normalizer.Form.NFKC);
  }

  int length() {
    return normal.codePointCount(0, normal.length());
  }

  String text() {
    return normal;
  }

  byte[] bytes() {
    return normal.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "Password[…]";
  }
}
