package dev.autopilot.projects.transfer;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * The text of a CSV file, up to the first row that is too large to be held in memory. The parser
 * puts a row together before it gives it away: a quote that never ends would be all the file.
 */
final class BoundedRows extends FilterReader {
  private static final int MAX_CELLS = 1_000;

  private final char delimiter;
  private State state = State.CELL_BEGINS;
  private char before;
  private long line = 1;
  private long rowBegan = 1;
  private int length;
  private int cells = 1;

  /** Where in a row the text is. Only at the beginning of a cell does a quote mean anything. */
  private enum State {
    CELL_BEGINS,
    PLAIN,
    QUOTED,
    /** Behind a quote within a quoted cell: it ends the cell, or another one follows. */
    QUOTE_IN_QUOTED
  }

  BoundedRows(Reader text, char delimiter) {
    super(text);
    this.delimiter = delimiter;
  }

  /** Which row it is, in words for whoever sent the file. */
  static final class RowTooLargeException extends IOException {
    RowTooLargeException(String message) {
      super(message);
    }

    String reason() {
      return String.valueOf(getMessage());
    }
  }

  @Override
  public int read() throws IOException {
    int c = super.read();
    if (c >= 0) {
      pass((char) c);
    }
    return c;
  }

  @Override
  public int read(char[] buffer, int offset, int wanted) throws IOException {
    int count = super.read(buffer, offset, wanted);
    for (int i = 0; i < count; i++) {
      pass(buffer[offset + i]);
    }
    return count;
  }

  private void pass(char c) throws RowTooLargeException {
    boolean lineEnds = c == '\n' || c == '\r';
    if (c == '\r' || (c == '\n' && before != '\r')) {
      line++;
    }
    before = c;
    if (state == State.QUOTED) {
      state = c == '"' ? State.QUOTE_IN_QUOTED : State.QUOTED;
    } else if (lineEnds) {
      rowEnds();
    } else if (c == delimiter) {
      state = State.CELL_BEGINS;
      cells++;
    } else if (c == '"' && state != State.PLAIN) {
      state = State.QUOTED;
    } else {
      state = State.PLAIN;
    }
    if (++length > RowSource.MAX_ROW) {
      throw new RowTooLargeException("The row that begins on line " + rowBegan + " is too long.");
    }
    if (cells > MAX_CELLS) {
      throw new RowTooLargeException(
          "The row that begins on line " + rowBegan + " has more than " + MAX_CELLS + " cells.");
    }
  }

  private void rowEnds() {
    state = State.CELL_BEGINS;
    rowBegan = line;
    length = 0;
    cells = 1;
  }
}
