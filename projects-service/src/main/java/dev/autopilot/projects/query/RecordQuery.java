package dev.autopilot.projects.query;

import dev.autopilot.kernel.page.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * What a list asks of the store.
 *
 * @param search words of which all are to be found somewhere in a record
 * @param after where to go on; made by {@link Keyset}
 */
public record RecordQuery(
    @Nullable Filter filter,
    @Nullable String search,
    Sort sort,
    @Nullable Cursor after,
    int limit) {

  public RecordQuery after(Cursor place) {
    return new RecordQuery(filter, search, sort, place, limit);
  }

  public RecordQuery filteredOnly() {
    return new RecordQuery(filter, search, Sort.BY_CREATION, null, limit);
  }
}
