package dev.autopilot.projects.sql;

import dev.autopilot.kernel.problem.ErrorCode;

/** What a client's own query may run into. */
enum SqlError implements ErrorCode {
  QUERY_TOO_SLOW(422, "The query took too long");

  private final int status;
  private final String title;

  SqlError(int status, String title) {
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
