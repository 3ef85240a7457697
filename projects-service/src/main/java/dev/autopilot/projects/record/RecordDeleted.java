package dev.autopilot.projects.record;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.autopilot.events.envelope.DomainEvent;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A record was deleted.
 *
 * @param values its last ones
 */
record RecordDeleted(
    UUID recordId,
    UUID databaseId,
    UUID projectId,
    Map<String, @Nullable Object> values,
    UUID deletedBy,
    @JsonIgnore long aggregateVersion,
    @JsonIgnore UUID userId)
    implements DomainEvent {
  @Override
  public String type() {
    return "projects.record.deleted";
  }

  @Override
  public String aggregateId() {
    return recordId.toString();
  }
}
