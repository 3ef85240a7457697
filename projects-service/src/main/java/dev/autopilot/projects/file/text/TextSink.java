package dev.autopilot.projects.file.text;

import java.io.Writer;

/**
 * Collects text up to a length: without what no text can hold, and with no more than one empty line
 * in a row. When it is full it throws {@link Full}.
 */
final class TextSink extends Writer {
  private final Budget budget;
  private final int largest;
  private final StringBuilder text = new StringBuilder();
  private char high;
  private int newlines = 2;

  TextSink(Budget budget, int largest) {
    this.budget = budget;
    this.largest = largest;
  }

  /** There is as much text as is kept. */
  static final class Full extends RuntimeException {
    Full() {
      super("Full", null, false, false);
    }
  }

  @Override
  public void write(char[] source, int offset, int length) {
    budget.checkTime();
    for (int i = offset; i < offset + length; i++) {
      take(source[i]);
    }
  }

  @Override
  public void write(String source) {
    budget.checkTime();
    for (int i = 0; i < source.length(); i++) {
      take(source.charAt(i));
    }
  }

  private void take(char c) {
    if (Character.isHighSurrogate(c)) {
      high = c;
      return;
    }
    if (Character.isLowSurrogate(c)) {
      if (high != 0) {
        put(high);
        put(c);
      }
    } else if (c == '\n') {
      newline();
    } else if (c == '\t' || !Character.isISOControl(c)) {
      put(c == '\u00a0' ? ' ' : c);
    }
    high = 0;
  }

  private void newline() {
    if (newlines < 2) {
      put('\n');
      newlines++;
    }
  }

  private void put(char c) {
    if (text.length() >= largest) {
      throw new Full();
    }
    text.append(c);
    newlines = c == '\n' ? newlines : 0;
  }

  String text() {
    int length = text.length();
    // Never half a character at the end.
    if (length > 0 && Character.isHighSurrogate(text.charAt(length - 1))) {
      length--;
    }
    return text.substring(0, length).strip();
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
