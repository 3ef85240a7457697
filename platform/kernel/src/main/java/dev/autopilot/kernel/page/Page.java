package dev.autopilot.kernel.page;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param items the rows of this page
 * @param nextCursor where the next page begins, null on the last
 * @param total how many rows the list has, only when asked for with {@code ?count=true}
 */
public record Page<T>(
    List<T> items,
    @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String nextCursor,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long total) {

  /** How large the rows of a {@link #bounded} page are together, unless it is but one. */
  static final long MAX_SIZE = 2 * 1024 * 1024;

  /** How many rows to have the database send at once for a {@link #bounded} page. */
  public static final int ROWS_AT_ONCE = 25;

  /**
   * Makes a page of what a keyset query found when it was asked for one row more than the limit;
   * that row's presence tells that there is a next page.
   */
  public static <T> Page<T> of(List<T> found, PageRequest request, Function<T, Cursor> cursorOf) {
    boolean more = found.size() > request.limit();
    List<T> items = more ? found.subList(0, request.limit()) : found;
    return new Page<>(
        List.copyOf(items), more ? cursorOf.apply(items.getLast()).encode() : null, null);
  }

  /**
   * Makes a page of rows that may be large, which ends early where they would be too large
   * together; a number of rows bounds nothing there. It takes one row at least, and reads no more
   * than one beyond its end: so the rows must come one by one from the database.
   *
   * @param found as for {@link #of}, closed here
   * @param sizeOf what a row takes, in characters
   */
  public static <T> Page<T> bounded(
      Stream<T> found,
      PageRequest request,
      Function<T, Cursor> cursorOf,
      ToLongFunction<T> sizeOf) {
    List<T> items = new ArrayList<>();
    long size = 0;
    try (found) {
      for (Iterator<T> rows = found.iterator(); rows.hasNext(); ) {
        T row = rows.next();
        size += sizeOf.applyAsLong(row);
        if (items.size() == request.limit() || (size > MAX_SIZE && !items.isEmpty())) {
          return new Page<>(List.copyOf(items), cursorOf.apply(items.getLast()).encode(), null);
        }
        items.add(row);
      }
    }
    return new Page<>(List.copyOf(items), null, null);
  }

  public <R> Page<R> map(Function<T, R> view) {
    return new Page<>(items.stream().map(view).toList(), nextCursor, total);
  }

  public Page<T> withTotal(@Nullable Long count) {
    return new Page<>(items, nextCursor, count);
  }
}
