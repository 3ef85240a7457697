package dev.autopilot.projects.record;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.autopilot.events.envelope.DomainEvent;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A record was created. */
record RecordCreated(
    UUID recordId,
    UUID databaseId,
    UUID projectId,
    Map<String, @Nullable Object> values,
    UUID createdBy,
    @JsonIgnore long aggregateVersion,
    @JsonIgnore UUID userId)
    implements DomainEvent {
  @Override
  public String type() {
    return "projects.record.created";
  }

  @Override
  public String aggregateId() {
    return recordId.toString();
  }
}
