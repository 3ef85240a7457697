package dev.autopilot.projects.sql;

import dev.autopilot.kernel.page.Cursor;
import dev.autopilot.kernel.page.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * So many rows as may be in memory at once. A row's data may be half a megabyte, so that a number
 * of rows bounds nothing; a portion ends before its data exceed its capacity, or with its first
 * row, should that alone exceed it.
 *
 * @param capacity in bytes of data
 * @param bytes of the data so far: what they are as text, or what they take where they lie, if that
 *     is more
 * @param more whether there are rows behind these, or may be, where a single row exceeds it
 */
public record Portion<T>(long capacity, List<T> rows, long bytes, boolean more) {
  /** What a page holds, and what is written with one statement. */
  public static final long CAPACITY = 2 * 1024 * 1024;

  public static <T> Portion<T> empty() {
    return empty(CAPACITY);
  }

  public static <T> Portion<T> empty(long capacity) {
    return new Portion<>(capacity, List.of(), 0, false);
  }

  long left() {
    return Math.max(0, capacity - bytes);
  }

  /** As a page that goes on behind its last row, if there is more. */
  public Page<T> page(Function<T, Cursor> cursorOf) {
    return new Page<>(rows, more ? cursorOf.apply(rows.getLast()).encode() : null, null);
  }

  /** All of them in their order, in runs that are a portion each; hardly ever more than one. */
  public static <T> List<List<T>> split(List<T> rows, ToLongFunction<T> size) {
    List<List<T>> runs = new ArrayList<>();
    int from = 0;
    long bytes = 0;
    for (int i = 0; i < rows.size(); i++) {
      long more = size.applyAsLong(rows.get(i));
      if (i > from && bytes + more > CAPACITY) {
        runs.add(rows.subList(from, i));
        from = i;
        bytes = 0;
      }
      bytes += more;
    }
    if (from < rows.size()) {
      runs.add(rows.subList(from, rows.size()));
    }
    return runs;
  }
}
