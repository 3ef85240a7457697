package dev.autopilot.projects.transfer;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.autopilot.events.envelope.DomainEvent;
import java.util.UUID;

/** An import has come to its end, one way or the other. */
record ImportFinished(
    UUID importId, UUID databaseId, String status, long done, long failed, @JsonIgnore UUID userId)
    implements DomainEvent {
  @Override
  public String type() {
    return "projects.import.finished";
  }

  @Override
  public String aggregateId() {
    return importId.toString();
  }

  @Override
  public long aggregateVersion() {
    return 1;
  }
}
