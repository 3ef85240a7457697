package dev.autopilot.projects.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file with one JSON object a line. */
final class JsonLinesSource implements RowSource {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final BufferedReader reader;
  private long line;

  JsonLinesSource(BufferedReader reader) {
    this.reader = reader;
  }

  @Override
  public List<String> columns() {
    return List.of();
  }

  @Override
  public @Nullable FileRow next() throws IOException, UnreadableFileException {
    String text;
    do {
      text = readLine();
      line++;
    } while (text != null && text.isBlank());
    if (text == null) {
      return null;
    }
    try {
      return JSON.readTree(text) instanceof ObjectNode values
          ? new FileRow.Json(line, values)
          : new FileRow.Broken(line, "Not a JSON object.");
    } catch (JsonProcessingException notJson) {
      return new FileRow.Broken(line, "Not a JSON object.");
    }
  }

  /** Like the reader's own, but a file without line ends doesn't end up in memory. */
  private @Nullable String readLine() throws IOException, UnreadableFileException {
    StringBuilder text = new StringBuilder();
    try {
      for (int c = reader.read(); c >= 0; c = reader.read()) {
        if (c == '\n') {
          return text.toString();
        }
        if (text.length() == MAX_ROW) {
          throw new UnreadableFileException("Line " + (line + 1) + " is too long.");
        }
        text.append((char) c);
      }
    } catch (CharacterCodingException notUtf8) {
      throw new UnreadableFileException(
          "The file isn't text in UTF-8, from line " + (line + 1) + ".");
    }
    return text.isEmpty() ? null : text.toString();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
