package dev.autopilot.integration.delivery;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A body, or its beginning, as JSON can hold it: its text where it is UTF-8, else base64.
 *
 * @param encoding {@code utf-8} or {@code base64}
 */
record Content(String text, String encoding) {

  /**
   * @param cut whether these are only the first bytes: a character that is cut in two is left out
   */
  static Content of(byte[] bytes, boolean cut) {
    String text = utf8(bytes, cut);
    return text != null
        ? new Content(text, "utf-8")
        : new Content(Base64.getEncoder().encodeToString(wholeGroups(bytes, cut)), "base64");
  }

  private static @Nullable String utf8(byte[] bytes, boolean cut) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer text = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, !cut);
    return result.isError() ? null : text.flip().toString();
  }

  /** Three bytes are four characters, so the rest could be appended. */
  private static byte[] wholeGroups(byte[] bytes, boolean cut) {
    return cut ? Arrays.copyOf(bytes, bytes.length - bytes.length % 3) : bytes;
  }
}
