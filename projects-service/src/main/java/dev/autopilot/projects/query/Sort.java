package dev.autopilot.projects.query;

import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.projects.schema.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The order of a list: {@code -amount,name}. What has no value comes last, in either direction; the
 * id breaks every tie, so the order is total.
 */
public record Sort(List<Key> keys) {
  /** As they were made. */
  public static final Sort BY_CREATION = new Sort(List.of(new Key(Column.OfRecord.ID, false)));

  private static final int MAX_KEYS = 3;

  /** One column of the order. */
  public record Key(Column column, boolean descending) {}

  public static Sort parse(@Nullable String text, Schema schema) {
    if (text == null || text.isBlank()) {
      return BY_CREATION;
    }
    String[] parts = text.split(",", -1);
    if (parts.length > MAX_KEYS) {
      throw CommonError.VALIDATION_FAILED.at("/sort", "At most " + MAX_KEYS + " keys.");
    }
    List<Key> keys = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String part : parts) {
      String stripped = part.strip();
      boolean descending = stripped.startsWith("-");
      String name = descending ? stripped.substring(1) : stripped;
      Column column = Column.named(name, schema);
      if (column == null) {
        throw CommonError.VALIDATION_FAILED.at(
            "/sort", "There is no field \"" + abbreviated(name) + "\".");
      }
      if (!column.isOrdered() || !seen.add(name)) {
        throw CommonError.VALIDATION_FAILED.at(
            "/sort",
            "It isn't possible to sort by " + name + (seen.contains(name) ? " twice." : "."));
      }
      keys.add(new Key(column, descending));
      if (column == Column.OfRecord.ID) {
        break; // Nothing can tie behind an id.
      }
    }
    return new Sort(List.copyOf(keys));
  }

  private static String abbreviated(String name) {
    return name.length() <= 63 ? name : name.substring(0, 63) + "…";
  }

  /** Whether the last key is the id, which then needs no tie-breaker behind it. */
  public boolean endsWithId() {
    return keys.getLast().column() == Column.OfRecord.ID;
  }

  /** In one canonical text, by which a cursor knows the sort that it belongs to. */
  public String signature() {
    StringBuilder text = new StringBuilder();
    for (Key key : keys) {
      text.append(key.descending() ? '-' : '+').append(key.column().key());
    }
    return text.toString();
  }
}
