package dev.autopilot.projects.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What one record holds: valid values by field key; a key that is absent is null. */
public record Values(Map<String, Value> byKey) {
  public static final Values NONE = new Values(Map.of());

  /** Of a record as JSON: an event tells of all of it, and a page holds many. */
  private static final int MAX_BYTES = 512 * 1024;

  public Values {
    byKey = Map.copyOf(byKey);
  }

  public @Nullable Value get(Field field) {
    return byKey.get(field.key());
  }

  /** The same with one value set, or cleared by null. */
  public Values with(Field field, @Nullable Value value) {
    Map<String, Value> copy = new LinkedHashMap<>(byKey);
    if (value == null) {
      copy.remove(field.key());
    } else {
      copy.put(field.key(), value);
    }
    return new Values(copy);
  }

  /** How many bytes they take as JSON, nearly. */
  public long bytes() {
    return JsonSize.of(byKey.values());
  }

  /** Whether they are more than a record may hold. */
  public boolean isTooLarge() {
    return bytes() > MAX_BYTES;
  }

  /** The keys, in the schema's order, under which this differs. */
  public List<String> changedFrom(Values before, Schema schema) {
    List<String> changed = new ArrayList<>();
    for (Field field : schema.fields()) {
      if (!Objects.equals(get(field), before.get(field))) {
        changed.add(field.key());
      }
    }
    return changed;
  }

  /** As clients see them: every field of the schema, in its order, null where there is nothing. */
  public Map<String, @Nullable Object> shown(Schema schema) {
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    for (Field field : schema.fields()) {
      shown.put(field.key(), shown(field));
    }
    return shown;
  }

  private @Nullable Object shown(Field field) {
    Value value = get(field);
    String prefix = field.options().prefix();
    if (prefix != null && value instanceof Value.Amount(var number)) {
      return prefix + number.toPlainString();
    }
    return value == null ? null : value.json();
  }
}
