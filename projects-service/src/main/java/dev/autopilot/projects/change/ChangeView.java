package dev.autopilot.projects.change;

import dev.autopilot.projects.revision.Revision;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A change as its stream tells it. */
@RegisterForReflection // No signature tells of it.
public record ChangeView(
    UUID recordId,
    UUID databaseId,
    int version,
    Map<String, @Nullable Object> values,
    List<String> changed,
    UUID changedBy,
    Instant changedAt) {

  static ChangeView of(Revision revision) {
    return new ChangeView(
        revision.recordId(),
        revision.databaseId(),
        revision.version(),
        revision.values(),
        revision.changed(),
        revision.changedBy(),
        revision.changedAt());
  }
}
