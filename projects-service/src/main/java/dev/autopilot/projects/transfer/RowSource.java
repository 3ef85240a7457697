package dev.autopilot.projects.transfer;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a file row by row. */
interface RowSource extends Closeable {
  /** Characters of a row: it is in memory as a whole. */
  int MAX_ROW = 4 * 1024 * 1024;

  /** The names under which the rows have their values, as far as they are known from the start. */
  List<String> columns();

  /**
   * The next row, or null behind the last.
   *
   * @throws UnreadableFileException when nothing behind this point can be understood
   */
  @Nullable FileRow next() throws IOException, UnreadableFileException;

  static RowSource open(Format format, InputStream content)
      throws IOException, UnreadableFileException {
    BufferedReader reader = text(content);
    try {
      return switch (format) {
        case CSV -> new CsvSource(reader);
        case JSONL -> new JsonLinesSource(reader);
      };
    } catch (CharacterCodingException notUtf8) {
      throw new UnreadableFileException("The file isn't text in UTF-8.");
    }
  }

  private static BufferedReader text(InputStream content) throws IOException {
    BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                content,
                StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)),
            1 << 16);
    reader.mark(1);
    try {
      if (reader.read() != '\uFEFF') {
        reader.reset();
      }
    } catch (CharacterCodingException notUtf8) {
      reader.reset(); // It is told, in words, by whoever reads on.
    }
    return reader;
  }
}
