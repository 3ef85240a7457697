package dev.autopilot.kernel.page;

import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.kernel.web.Flags;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks of a list, as a {@code @BeanParam}. The parameters are taken as text, since a
 * number that isn't one is to be 422 with its name and not the 404 that JAX-RS gives.
 */
public final class PageRequest {
  public static final int DEFAULT_LIMIT = 50;
  public static final int MAX_LIMIT = 200;

  /** 1 to 200, by default 50. */
  @RestQuery("limit")
  @Nullable String limit;

  /** Where to go on, as {@code nextCursor} of the page before. */
  @RestQuery("cursor")
  @Nullable String cursor;

  /** {@code true} to have {@code total} counted. */
  @RestQuery("count")
  @Nullable String count;

  public PageRequest() {}

  PageRequest(@Nullable String limit, @Nullable String cursor, @Nullable String count) {
    this.limit = limit;
    this.cursor = cursor;
    this.count = count;
  }

  public int limit() {
    if (limit == null) {
      return DEFAULT_LIMIT;
    }
    try {
      int wanted = Integer.parseInt(limit);
      if (wanted >= 1 && wanted <= MAX_LIMIT) {
        return wanted;
      }
    } catch (NumberFormatException notANumber) {
      // The refusal below says what is allowed.
    }
    throw CommonError.VALIDATION_FAILED.at("/limit", "A whole number from 1 to " + MAX_LIMIT + ".");
  }

  /** One row more than the limit tells whether there is a next page. */
  public int limitPlusOne() {
    return limit() + 1;
  }

  /** Where to go on, or null for the first page; 400 {@code invalid_cursor} if it isn't ours. */
  public @Nullable Cursor cursor() {
    return cursor == null ? null : Cursor.decode(cursor);
  }

  public boolean count() {
    return Flags.of("count", count);
  }
}
