package dev.autopilot.auth.attempt;

import dev.autopilot.kernel.problem.ErrorCode;

/** How guessing is refused. */
public enum AttemptError implements ErrorCode {
  TOO_MANY_ATTEMPTS(429, "Too many attempts");

  private final int status;
  private final String title;

  AttemptError(int status, String title) {
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
