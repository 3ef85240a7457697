package dev.autopilot.projects.database;

import dev.autopilot.kernel.problem.ErrorCode;

/** Why a field can't become what it is asked to be. */
enum FieldError implements ErrorCode {
  FIELD_EXISTS(409, "Another field has this key"),
  VALUES_DO_NOT_FIT(409, "Values that records hold don't fit"),
  VALUES_ARE_MISSING(409, "Records exist that have no value"),
  VALUES_ARE_NOT_UNIQUE(409, "Records exist that hold the same value");

  private final int status;
  private final String title;

  FieldError(int status, String title) {
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
}
