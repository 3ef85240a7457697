package dev.autopilot.projects.revision;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What happened to a record. */
public enum Operation {
  CREATED,
  UPDATED,
  DELETED,
  RESTORED;

  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Operation of(String stored) {
    return valueOf(stored.toUpperCase(Locale.ROOT));
  }
}
