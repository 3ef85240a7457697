package dev.autopilot.projects.file.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Text as it is: in UTF-8, in what its byte order mark says, or else in Windows' Latin. */
final class PlainText {
  private static final Charset LATIN = Charset.forName("windows-1252");

  private PlainText() {}

  static void read(Path file, TextSink sink, Budget budget) throws IOException {
    byte[] bytes;
    boolean all;
    try (InputStream content = Files.newInputStream(file)) {
      bytes = content.readNBytes((int) budget.piece());
      all = content.read() < 0;
    }
    sink.write(decoded(bytes, all));
    if (!all) {
      throw new TextSink.Full();
    }
  }

  private static String decoded(byte[] bytes, boolean all) {
    if (bytes.length >= 2 && (bytes[0] & 0xff) == 0xfe && (bytes[1] & 0xff) == 0xff) {
      return new String(bytes, StandardCharsets.UTF_16);
    }
    if (bytes.length >= 2 && (bytes[0] & 0xff) == 0xff && (bytes[1] & 0xff) == 0xfe) {
      return new String(bytes, StandardCharsets.UTF_16);
    }
    try {
      String text = utf8(bytes, all);
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    } catch (CharacterCodingException other) {
      return new String(bytes, LATIN);
    }
  }

  /** A character that is cut off at the end of what we look at makes it no less UTF-8. */
  private static String utf8(byte[] bytes, boolean all) throws CharacterCodingException {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CharBuffer text = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, all);
    if (result.isError()) {
      result.throwException();
    }
    return text.flip().toString();
  }
}
