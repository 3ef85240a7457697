package dev.autopilot.projects.record;

import dev.autopilot.projects.schema.Schema;
import dev.autopilot.projects.storage.StoredRecord;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A record as clients see it.
 *
 * @param values by field key; null where there is nothing
 */
public record RecordView(
    UUID id,
    UUID databaseId,
    Map<String, @Nullable Object> values,
    Instant createdAt,
    Instant updatedAt,
    UUID createdBy,
    int version) {

  public static RecordView of(Schema schema, StoredRecord record) {
    return new RecordView(
        record.id(),
        schema.databaseId(),
        record.values().shown(schema),
        record.createdAt(),
        record.updatedAt(),
        record.createdBy(),
        record.version());
  }

  /** With only these of its values. */
  RecordView only(Set<String> keys) {
    values.keySet().retainAll(keys);
    return this;
  }
}
