package dev.autopilot.auth.session;

import dev.autopilot.kernel.problem.ErrorCode;

/** How the session feature refuses. */
public enum SessionError implements ErrorCode {
  INVALID_REFRESH_TOKEN(401, "The refresh token is not known or has expired"),
  REFRESH_REUSED(401, "The refresh token was used before; its session has been ended"),
  SESSION_ENDED(401, "The session has ended; sign in again"),
  SESSION_REQUIRED(403, "Only somebody who signed in may do this, not a token"),
  SESSION_NOT_FOUND(404, "No such session");

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
