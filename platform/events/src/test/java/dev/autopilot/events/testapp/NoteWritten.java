package dev.autopilot.events.testapp;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.autopilot.events.envelope.DomainEvent;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Somebody wrote a note. */
public record NoteWritten(UUID noteId, String text, @JsonIgnore long aggregateVersion)
    implements DomainEvent {
  public static final String TYPE = "probe.note.written";

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String aggregateId() {
    return noteId.toString();
  }

  @Override
  public @Nullable UUID userId() {
    return noteId;
  }
}
