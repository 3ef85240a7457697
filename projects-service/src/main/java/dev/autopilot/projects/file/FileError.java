package dev.autopilot.projects.file;

import dev.autopilot.kernel.problem.ErrorCode;

/** The refusals of files. */
enum FileError implements ErrorCode {
  QUOTA_EXCEEDED(413, "There is no room left for this file"),
  OFFSET_CONFLICT(409, "The upload stands elsewhere"),
  TUS_VERSION(412, "Only tus 1.0.0 is spoken here"),
  RANGE_NOT_SATISFIABLE(416, "The file has no such range"),
  TEXT_PENDING(409, "The file has not been read yet"),
  NO_TEXT(404, "The file has no text");

  private final int status;
  private final String title;

  FileError(int status, String title) {
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
