package dev.autopilot.integration.signature;

import java.util.Base64;
import java.util.HexFormat;

/** Signatures as headers hold them. What can't be decoded is empty, which no signature equals. */
final class Encoded {
  private static final byte[] NOTHING = {};

  private Encoded() {}

  static byte[] hex(String text) {
    try {
      return HexFormat.of().parseHex(text);
    } catch (IllegalArgumentException malformed) {
      return NOTHING;
    }
  }

  static byte[] base64(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException malformed) {
      return NOTHING;
    }
  }
}
