package dev.autopilot.projects.transfer;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The forms in which records travel as files. */
enum Format {
  /** RFC 4180, with a header; separated by commas, semicolons or tabs. */
  CSV,
  /** One JSON object a line. */
  JSONL;

  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
