package dev.autopilot.projects.project;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a member may do; each may do what those below may. */
public enum Role {
  VIEWER,
  EDITOR,
  OWNER;

  public boolean reaches(Role needed) {
    return compareTo(needed) >= 0;
  }

  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
