package dev.autopilot.e2e.bench;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A CSV file of plants, made while it is read. */
final class PlantFile extends InputStream {
  private static final int LINES_AT_ONCE = 500;

  private final int rows;
  private final StringBuilder text = new StringBuilder(Plants.CSV_HEADER);
  private byte[] piece = {};
  private int at;
  private int next;

  PlantFile(int rows) {
    this.rows = rows;
  }

  /** How many rows make a file of at least that size. */
  static int rowsOf(long bytes) {
    StringBuilder line = new StringBuilder();
    long size = Plants.CSV_HEADER.length();
    int rows = 0;
    while (size < bytes) {
      line.setLength(0);
      Plants.csv(line, rows++);
      size += line.length();
    }
    return rows;
  }

  @Override
  public int read() {
    return fill() ? piece[at++] & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int taken = Math.min(length, piece.length - at);
    System.arraycopy(piece, at, target, offset, taken);
    at += taken;
    return taken;
  }

  private boolean fill() {
    if (at < piece.length) {
      return true;
    }
    for (int line = 0; line < LINES_AT_ONCE && next < rows; line++) {
      Plants.csv(text, next++);
    }
    piece = text.toString().getBytes(StandardCharsets.US_ASCII);
    text.setLength(0);
    at = 0;
    return piece.length > 0;
  }
}
