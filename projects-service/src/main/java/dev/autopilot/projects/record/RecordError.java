package dev.autopilot.projects.record;

import dev.autopilot.kernel.problem.ErrorCode;
import dev.autopilot.kernel.problem.ProblemException;
import dev.autopilot.projects.schema.Field;

/** The refusals of records. */
public enum RecordError implements ErrorCode {
  NOT_UNIQUE(409, "Another record holds this value"),
  STILL_NEEDED(409, "Another record needs this one"),
  TOO_MUCH_AT_ONCE(422, "The records are too large to go in one request");

  private final int status;
  private final String title;

  RecordError(int status, String title) {
    this.status = status;
    this.title = title;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public String title() {
    return title;
  }

  public static ProblemException notUnique(Field field) {
    return NOT_UNIQUE.at("/values/" + field.key(), "Another record holds this value.");
  }
}
