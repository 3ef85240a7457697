package dev.autopilot.projects.record;

import dev.autopilot.kernel.page.Cursor;
import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.projects.query.Filter;
import dev.autopilot.projects.query.FilterParser;
import dev.autopilot.projects.query.RecordQuery;
import dev.autopilot.projects.query.Sort;
import dev.autopilot.projects.schema.Schema;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Which records a client wants to see, as a {@code @BeanParam}. */
public final class ListRequest {
  private static final int MAX_SEARCH = 500;

  /** Of which database. */
  @RestQuery("databaseId")
  @Nullable String databaseId;

  /** A condition in the filter language. */
  @RestQuery("filter")
  @Nullable String filter;

  /** Keys to order by, a minus before those that descend. */
  @RestQuery("sort")
  @Nullable String sort;

  /** Words that are all in the record. */
  @Parameter(
      description =
          "Words that are all in the record's texts, in any case. A word is a run of letters and"
              + " digits; what has several within it, such as john@example.org, and what is \"in"
              + " quotes\", is looked for as a phrase within one text. -word must not be there; or"
              + " parts alternatives. What has no word finds nothing. An id is no word: filter by"
              + " it.")
  @RestQuery("q")
  @Nullable String q;

  /** Keys of the values to give; all by default. */
  @RestQuery("fields")
  @Nullable String fields;

  public ListRequest() {}

  UUID databaseId() {
    try {
      if (databaseId != null) {
        return UUID.fromString(databaseId);
      }
    } catch (IllegalArgumentException notAnId) {
      // The refusal below says what is needed.
    }
    throw CommonError.VALIDATION_FAILED.at("/databaseId", "The id of a database is needed.");
  }

  /** The whole of it, as the store is asked. */
  public RecordQuery query(Schema schema, Instant now, @Nullable Cursor after, int limit) {
    return new RecordQuery(filter(schema, now), search(), sort(schema), after, limit);
  }

  private @Nullable Filter filter(Schema schema, Instant now) {
    return filter == null || filter.isBlank() ? null : FilterParser.parse(filter, schema, now);
  }

  private Sort sort(Schema schema) {
    return Sort.parse(sort, schema);
  }

  private @Nullable String search() {
    if (q == null || q.isBlank()) {
      return null;
    }
    if (q.length() > MAX_SEARCH || q.indexOf('\0') >= 0) {
      throw CommonError.VALIDATION_FAILED.at(
          "/q", "At most " + MAX_SEARCH + " characters of text.");
    }
    return q;
  }

  /** The chosen keys, or null for all. */
  public @Nullable Set<String> fields(Schema schema) {
    if (fields == null || fields.isBlank()) {
      return null;
    }
    Set<String> keys = new LinkedHashSet<>();
    for (String part : fields.split(",")) {
      String key = part.strip();
      if (schema.field(key) == null) {
        throw CommonError.VALIDATION_FAILED.at("/fields", "There is no field \"" + key + "\".");
      }
      keys.add(key);
    }
    return keys;
  }
}
