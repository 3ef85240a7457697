package dev.autopilot.projects.record;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.autopilot.events.envelope.DomainEvent;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A record was updated.
 *
 * @param values all of them, after the change
 * @param changed the keys of those that differ from before
 */
record RecordUpdated(
    UUID recordId,
    UUID databaseId,
    UUID projectId,
    Map<String, @Nullable Object> values,
    List<String> changed,
    UUID updatedBy,
    int version,
    @JsonIgnore UUID userId)
    implements DomainEvent {
  @Override
  public String type() {
    return "projects.record.updated";
  }

  @Override
  public String aggregateId() {
    return recordId.toString();
  }

  @Override
  public long aggregateVersion() {
    return version;
  }
}
