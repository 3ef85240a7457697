package dev.autopilot.projects.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A database as its records need to know it: whose it is, where they live, what they hold. */
public final class Schema {
  private final UUID databaseId;
  private final UUID projectId;
  private final UUID ownerId;
  private final long storage;
  private final List<Field> fields;
  private final Map<String, Field> byKey = new LinkedHashMap<>();

  public Schema(UUID databaseId, UUID projectId, UUID ownerId, long storage, List<Field> fields) {
    this.databaseId = databaseId;
    this.projectId = projectId;
    this.ownerId = ownerId;
    this.storage = storage;
    this.fields = List.copyOf(fields);
    for (Field field : fields) {
      byKey.put(field.key(), field);
    }
  }

  public UUID databaseId() {
    return databaseId;
  }

  public UUID projectId() {
    return projectId;
  }

  /** Whose data the records are. */
  public UUID ownerId() {
    return ownerId;
  }

  /** Names the place of the records, see {@code storage}. */
  public long storage() {
    return storage;
  }

  public List<Field> fields() {
    return fields;
  }

  public @Nullable Field field(String key) {
    return byKey.get(key);
  }

  /** By where values are stored; null for a slot that is no longer in use. */
  public @Nullable Field inSlot(int slot) {
    for (Field field : fields) {
      if (field.slot() == slot) {
        return field;
      }
    }
    return null;
  }
}
