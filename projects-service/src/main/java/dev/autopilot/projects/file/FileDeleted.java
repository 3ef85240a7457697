package dev.autopilot.projects.file;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.autopilot.events.envelope.DomainEvent;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A file was deleted. */
record FileDeleted(
    UUID fileId, String name, @Nullable UUID projectId, long size, @JsonIgnore UUID userId)
    implements DomainEvent {
  @Override
  public String type() {
    return "projects.file.deleted";
  }

  @Override
  public String aggregateId() {
    return fileId.toString();
  }

  @Override
  public long aggregateVersion() {
    return 2;
  }
}
