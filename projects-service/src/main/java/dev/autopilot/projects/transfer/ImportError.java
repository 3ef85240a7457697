package dev.autopilot.projects.transfer;

import dev.autopilot.kernel.problem.ErrorCode;

/** The refusals of imports. */
enum ImportError implements ErrorCode {
  TOO_MANY_IMPORTS(429, "Too many imports are under way");

  private final int status;
  private final String title;

  ImportError(int status, String title) {
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
