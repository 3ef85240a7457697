package dev.autopilot.projects.transfer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** A CSV file (RFC 4180) whose first line names its columns. */
final class CsvSource implements RowSource {
  private static final int HEADER_AHEAD = 1 << 15;

  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private final List<String> columns;

  CsvSource(BufferedReader reader) throws IOException, UnreadableFileException {
    char delimiter = delimiter(reader);
    parser =
        CSVParser.builder()
            .setReader(new BoundedRows(reader, delimiter))
            .setFormat(CSVFormat.RFC4180.builder().setDelimiter(delimiter).get())
            .get();
    records = parser.iterator();
    CSVRecord header = record();
    if (header == null) {
      throw new UnreadableFileException("The file has no first line that names its columns.");
    }
    columns = header.stream().map(String::strip).toList();
    Set<String> distinct = new HashSet<>();
    for (String column : columns) {
      if (!distinct.add(column)) {
        throw new UnreadableFileException("Two columns are called \"" + column + "\".");
      }
    }
  }

  /** Whichever of the usual ones the header holds most often. */
  private static char delimiter(BufferedReader reader) throws IOException {
    reader.mark(HEADER_AHEAD);
    int commas = 0;
    int semicolons = 0;
    int tabs = 0;
    boolean quoted = false;
    for (int i = 0; i < HEADER_AHEAD; i++) {
      int c = reader.read();
      if (c < 0 || (!quoted && c == '\n')) {
        break;
      }
      quoted ^= c == '"';
      if (!quoted) {
        commas += c == ',' ? 1 : 0;
        semicolons += c == ';' ? 1 : 0;
        tabs += c == '\t' ? 1 : 0;
      }
    }
    reader.reset();
    return commas >= semicolons && commas >= tabs ? ',' : semicolons >= tabs ? ';' : '\t';
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public @Nullable FileRow next() throws IOException, UnreadableFileException {
    long line = parser.getCurrentLineNumber() + 1;
    CSVRecord record = record();
    if (record == null) {
      return null;
    }
    if (record.size() > columns.size()) {
      return new FileRow.Broken(line, "More cells than the header has columns.");
    }
    Map<String, String> cells = new LinkedHashMap<>();
    for (int i = 0; i < record.size(); i++) {
      cells.put(columns.get(i), record.get(i));
    }
    return new FileRow.Cells(line, cells);
  }

  /** The next record that isn't an empty line. */
  private @Nullable CSVRecord record() throws UnreadableFileException {
    long line = parser.getCurrentLineNumber() + 1;
    try {
      while (records.hasNext()) {
        CSVRecord record = records.next();
        if (record.size() > 1 || !record.get(0).isEmpty()) {
          return record;
        }
      }
      return null;
    } catch (UncheckedIOException failure) {
      if (failure.getCause() instanceof BoundedRows.RowTooLargeException tooLarge) {
        throw new UnreadableFileException(tooLarge.reason());
      }
      if (failure.getCause() instanceof CharacterCodingException) {
        throw new UnreadableFileException("The file isn't text in UTF-8, from line " + line + ".");
      }
      if (failure.getCause() instanceof CSVException || failure.getMessage() != null) {
        throw new UnreadableFileException("What begins on line " + line + " isn't CSV.");
      }
      throw failure;
    }
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
