package dev.autopilot.projects.revision;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One version of a record.
 *
 * @param values all of them, after the change
 * @param changed the keys under which it differs from the version before
 */
public record Revision(
    UUID recordId,
    int version,
    UUID databaseId,
    Operation operation,
    Map<String, @Nullable Object> values,
    List<String> changed,
    UUID changedBy,
    Instant changedAt) {

  boolean isOfTheSameDeed(Revision other) {
    return databaseId.equals(other.databaseId)
        && operation == other.operation
        && changedBy.equals(other.changedBy)
        && changedAt.equals(other.changedAt);
  }
}
