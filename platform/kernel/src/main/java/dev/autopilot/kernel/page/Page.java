package dev.autopilot.kernel.page;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.function.Function;
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

  public <R> Page<R> map(Function<T, R> view) {
    return new Page<>(items.stream().map(view).toList(), nextCursor, total);
  }

  public Page<T> withTotal(@Nullable Long count) {
    return new Page<>(items, nextCursor, count);
  }
}
