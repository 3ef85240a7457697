package dev.autopilot.projects.schema;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How large an RE2 expression is once its counted repeats are written out, told from its text alone
 * and rather too large than too small. An expression that is none has some size too.
 */
final class PatternSize {
  private static final long ENOUGH = 1_000_000;

  private final String text;

  /** Sizes of the groups around, as far as they were read when the next one began. */
  private final Deque<Long> outer = new ArrayDeque<>();

  private int at;
  private long group;
  private long last;

  private PatternSize(String text) {
    this.text = text;
  }

  /** In steps of the program, about; never more than a million. */
  static long of(String pattern) {
    return new PatternSize(pattern).read();
  }

  private long read() {
    while (at < text.length()) {
      char c = text.charAt(at++);
      switch (c) {
        case '\\' -> escape();
        case '[' -> set();
        case '(' -> {
          outer.push(group);
          group = 2; // Where a group begins and ends are steps as well.
        }
        case ')' -> close();
        case '{' -> repeat();
        case '*', '+', '?' -> grow(last + 1);
        case '|' -> atom(2); // An alternative without anything in it is a step as well.
        default -> atom(1);
      }
    }
    while (!outer.isEmpty()) {
      close();
    }
    return group;
  }

  private void atom(long size) {
    last = size;
    group = Math.min(group + size, ENOUGH);
  }

  /** What was read last has turned out to be larger. */
  private void grow(long size) {
    long grown = Math.min(size, ENOUGH);
    group = Math.min(group + grown - last, ENOUGH);
    last = grown;
  }

  private void close() {
    long inner = group;
    group = outer.isEmpty() ? 0 : outer.pop();
    atom(inner);
  }

  private void escape() {
    if (text.startsWith("Q", at)) {
      int end = text.indexOf("\\E", at);
      for (at++; at < (end < 0 ? text.length() : end); at++) {
        atom(1);
      }
      at = end < 0 ? at : end + 2;
      return;
    }
    boolean braces =
        at < text.length() && "pPx".indexOf(text.charAt(at)) >= 0 && text.startsWith("{", at + 1);
    int end = braces ? text.indexOf('}', at) : -1;
    at = Math.min(end < 0 ? at + 1 : end + 1, text.length());
    atom(1);
  }

  /** A set of characters is one step; a bracket that comes first in it stands for itself. */
  private void set() {
    at += text.startsWith("^", at) ? 1 : 0;
    at += text.startsWith("]", at) ? 1 : 0;
    while (at < text.length() && text.charAt(at) != ']') {
      int named = text.startsWith("[:", at) ? text.indexOf(":]", at + 2) : -1;
      if (named >= 0) {
        at = named + 2;
      } else {
        at += text.charAt(at) == '\\' ? 2 : 1;
      }
    }
    at = Math.min(at + 1, text.length());
    atom(1);
  }

  /** {@code {n}}, {@code {n,}} or {@code {n,m}}; any other brace stands for itself. */
  private void repeat() {
    int end = text.indexOf('}', at);
    String[] bounds = end < 0 ? new String[0] : text.substring(at, end).split(",", -1);
    boolean counted =
        bounds.length > 0
            && bounds.length <= 2
            && bounds[0].matches("[0-9]{1,6}")
            && bounds[bounds.length - 1].matches("[0-9]{0,6}");
    if (!counted) {
      atom(1);
      return;
    }
    at = end + 1;
    long least = Long.parseLong(bounds[0]);
    String most = bounds[bounds.length - 1];
    long times = Math.max(least + 1, most.isEmpty() ? 0 : Long.parseLong(most));
    grow(bounds.length == 1 ? Math.max(least, 1) * last : times * (last + 1));
  }
}
