package dev.autopilot.auth.password;

import dev.autopilot.kernel.problem.ErrorCode;

/** How the password feature refuses. */
public enum PasswordError implements ErrorCode {
  INVALID_CREDENTIALS(401, "The e-mail address or the password is wrong"),
  INVALID_PASSWORD(403, "The password is wrong");

  private final int status;
  private final String title;

  PasswordError(int status, String title) {
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
