package dev.autopilot.dashboard.activity;

import dev.autopilot.kernel.problem.ErrorCode;

enum ActivityError implements ErrorCode {
  TOO_MANY_STREAMS(429, "Too many activity streams are open");

  private final int status;
  private final String title;

  ActivityError(int status, String title) {
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
