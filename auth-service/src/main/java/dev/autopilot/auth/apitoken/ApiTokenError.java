package dev.autopilot.auth.apitoken;

import dev.autopilot.kernel.problem.ErrorCode;

/** How the feature of personal access tokens refuses. */
public enum ApiTokenError implements ErrorCode {
  TOKEN_NOT_FOUND(404, "No such token"),
  TOO_MANY_TOKENS(409, "There are too many tokens already; revoke one first");

  private final int status;
  private final String title;

  ApiTokenError(int status, String title) {
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
