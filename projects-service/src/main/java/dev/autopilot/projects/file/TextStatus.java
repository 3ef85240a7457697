package dev.autopilot.projects.file;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whether a file's text can be had. */
public enum TextStatus {
  /** It has not been read yet. */
  PENDING,
  /** All of it. */
  READY,
  /** As much as is kept of one file. */
  TRUNCATED,
  /** It holds none, or is of a kind that isn't read. */
  NONE,
  /** It is broken, locked, or asks for too much. */
  FAILED;

  boolean hasText() {
    return this == READY || this == TRUNCATED;
  }

  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
