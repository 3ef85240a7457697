package dev.autopilot.projects.storage;

import dev.autopilot.projects.query.Column;
import dev.autopilot.projects.query.Keyset;
import dev.autopilot.projects.query.RecordQuery;
import dev.autopilot.projects.query.Sort;
import dev.autopilot.projects.schema.Value;
import dev.autopilot.projects.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a sorted list. What has no value comes last in either direction, which no B-tree
 * gives for both; so a list is two stretches, first the records that have the first key and then
 * those that lack it, and each is one range of the index on (key, id).
 */
final class PageSql {
  private final RecordQuery query;
  private final String from;
  private final @Nullable Keyset after;

  /**
   * @param from the beginning of the statement, up to its conditions
   */
  PageSql(RecordQuery query, String from) {
    this.query = query;
    this.from = from;
    this.after = query.after() == null ? null : Keyset.of(query.after(), query.sort());
  }

  /** Whether the page begins among the records that have no first key. */
  boolean beginsWithoutKey() {
    return after != null && after.values().getFirst() == null;
  }

  boolean hasStretchWithoutKey() {
    return first().column().isNullable();
  }

  Statement withKey() {
    Statement page = conditions();
    if (first().column().isNullable()) {
      page.add(" and " + sql(first()) + " is not null");
    }
    if (after != null) {
      page.add(" and ").add(rangeAfter(after));
    }
    return order(page, query.sort().keys());
  }

  Statement withoutKey() {
    Statement page = conditions().add(" and " + sql(first()) + " is null");
    List<Sort.Key> rest = query.sort().keys().subList(1, query.sort().keys().size());
    if (after != null && beginsWithoutKey()) {
      page.add(" and ").add(behind(after, 1));
    }
    return order(page, rest);
  }

  /** Everything but the place and the order. */
  Statement conditions() {
    Statement conditions = Statement.search(from + " where true");
    if (query.filter() != null) {
      conditions.add(" and ").add(FilterSql.of(query.filter()));
    }
    if (query.search() != null) {
      conditions.add(" and words @@ ?::tsquery", WordQuery.of(query.search()));
    }
    return conditions;
  }

  /**
   * Where the page begins, in a form that the planner takes as the start of an index range. For a
   * single key that is a comparison of rows. For several, whose directions may differ, it is the
   * bound on the first, and the exact place as a filter behind it.
   */
  private Statement rangeAfter(Keyset place) {
    Sort.Key key = first();
    Value value = place.values().getFirst();
    if (value == null) {
      throw new IllegalStateException("No range begins at nothing");
    }
    Object bound = Columns.bound(key.column(), value);
    String beyond = key.descending() ? " < " : " > ";
    if (query.sort().keys().size() == 1) {
      return query.sort().endsWithId()
          ? Statement.of("id" + beyond + "?", bound)
          : Statement.of("(" + sql(key) + ", id)" + beyond + "(?, ?)", bound, place.id());
    }
    return Statement.of(sql(key) + (key.descending() ? " <= " : " >= ") + "? and ", bound)
        .add(behind(place, 0));
  }

  /** Behind the place, by the keys from that index on, nothing coming last. */
  private Statement behind(Keyset place, int index) {
    List<Sort.Key> keys = query.sort().keys();
    if (index == keys.size()) {
      return Statement.of("id" + (descendsById() ? " < " : " > ") + "?", place.id());
    }
    Sort.Key key = keys.get(index);
    Value value = place.values().get(index);
    if (value == null) {
      return Statement.of("(" + sql(key) + " is null and ").add(behind(place, index + 1)).add(")");
    }
    Object bound = Columns.bound(key.column(), value);
    Statement behind =
        Statement.of("(" + sql(key) + (key.descending() ? " < " : " > ") + "?", bound);
    if (key.column().isNullable() && index > 0) {
      behind.add(" or " + sql(key) + " is null");
    }
    if (key.column() == Column.OfRecord.ID) {
      return behind.add(")");
    }
    return behind
        .add(" or (" + sql(key) + " = ? and ", bound)
        .add(behind(place, index + 1))
        .add("))");
  }

  private Statement order(Statement page, List<Sort.Key> keys) {
    List<String> terms = new ArrayList<>();
    for (Sort.Key key : keys) {
      // The first key's stretch has no nulls, and must be spelled as its index is.
      boolean spelled = key.equals(first()) || !key.column().isNullable() || !key.descending();
      terms.add(sql(key) + (key.descending() ? " desc" : "") + (spelled ? "" : " nulls last"));
    }
    if (!query.sort().endsWithId()) {
      terms.add("id" + direction());
    }
    return page.add(" order by " + String.join(", ", terms));
  }

  /** The id follows the first key's direction, so that one index serves both ways. */
  private String direction() {
    return descendsById() ? " desc" : "";
  }

  private boolean descendsById() {
    return first().descending();
  }

  private Sort.Key first() {
    return query.sort().keys().getFirst();
  }

  private static String sql(Sort.Key key) {
    return Columns.sql(key.column());
  }
}
