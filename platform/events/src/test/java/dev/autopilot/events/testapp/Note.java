package dev.autopilot.events.testapp;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.util.UUID;

/** An aggregate. */
@Entity
public class Note {
  @Id UUID id;
  String text;
  @Version long version;

  protected Note() {}

  public Note(UUID id, String text) {
    this.id = id;
    this.text = text;
  }

  public UUID id() {
    return id;
  }

  /** The event says the version that the row has once this is flushed. */
  public NoteWritten write(String text) {
    this.text = text;
    return new NoteWritten(id, text, version + 1);
  }
}
