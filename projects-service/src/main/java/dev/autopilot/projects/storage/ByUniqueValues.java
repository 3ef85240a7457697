package dev.autopilot.projects.storage;

import dev.autopilot.projects.schema.Field;
import dev.autopilot.projects.schema.Schema;
import dev.autopilot.projects.schema.Value;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * By the value of the first unique field, and where that is the same or missing, the next one's.
 */
final class ByUniqueValues implements Comparator<StoredRecord> {
  private final List<Field> fields;

  ByUniqueValues(Schema schema) {
    fields = schema.fields().stream().filter(Field::unique).toList();
  }

  @Override
  public int compare(StoredRecord one, StoredRecord other) {
    for (Field field : fields) {
      int order = compare(one.values().get(field), other.values().get(field));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static int compare(@Nullable Value one, @Nullable Value other) {
    if (one == null || other == null) {
      return Boolean.compare(one == null, other == null);
    }
    if (one instanceof Value.Text(var text) && other instanceof Value.Text(var otherText)) {
      return text.compareTo(otherText);
    }
    if (one instanceof Value.Amount(var number) && other instanceof Value.Amount(var another)) {
      return number.compareTo(another);
    }
    return 0; // Nothing else is unique.
  }
}
