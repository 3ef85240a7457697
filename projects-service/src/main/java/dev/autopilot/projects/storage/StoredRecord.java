package dev.autopilot.projects.storage;

import dev.autopilot.projects.schema.Values;
import java.time.Instant;
import java.util.UUID;

/** A record as it lies in its table. */
public record StoredRecord(
    UUID id, Values values, int version, Instant createdAt, Instant updatedAt, UUID createdBy) {

  long bytes() {
    return values.bytes();
  }

  boolean isOfTheSameMaking(StoredRecord other) {
    return createdAt.equals(other.createdAt)
        && updatedAt.equals(other.updatedAt)
        && createdBy.equals(other.createdBy);
  }

  /** The next version of it. */
  public StoredRecord changed(Values newValues, Instant now) {
    return new StoredRecord(id, newValues, version + 1, createdAt, now, createdBy);
  }
}
