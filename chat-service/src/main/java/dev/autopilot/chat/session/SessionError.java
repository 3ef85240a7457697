package dev.autopilot.chat.session;

import dev.autopilot.kernel.problem.ErrorCode;

enum SessionError implements ErrorCode {
  SESSION_NOT_FOUND(404, "There is no such session");

  private final int status;
  private final String title;

  SessionError(int status, String title) {
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
