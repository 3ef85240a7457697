package dev.autopilot.projects.history;

import dev.autopilot.projects.revision.Operation;
import dev.autopilot.projects.revision.Revision;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One version of a record.
 *
 * @param values after the change
 * @param changed the keys of those that differ from the version before
 */
public record RevisionView(
    int version,
    Operation operation,
    Map<String, @Nullable Object> values,
    List<String> changed,
    UUID changedBy,
    Instant changedAt) {

  static RevisionView of(Revision revision) {
    return new RevisionView(
        revision.version(),
        revision.operation(),
        revision.values(),
        revision.changed(),
        revision.changedBy(),
        revision.changedAt());
  }
}
