package dev.autopilot.auth.factor;

import dev.autopilot.kernel.problem.ErrorCode;

/** How the second factor refuses. */
public enum FactorError implements ErrorCode {
  TWO_FACTOR_REQUIRED("two_factor_required", 401, "The account asks for a second factor"),
  /** At the door, where nobody is signed in yet. */
  INVALID_CODE("invalid_code", 401, "The code is wrong, has expired or was used before"),
  /** The same, for somebody who is signed in and stays so. */
  INVALID_PROOF("invalid_code", 403, "The code is wrong, has expired or was used before"),
  TWO_FACTOR_ENABLED("two_factor_enabled", 409, "There is a second factor already"),
  TWO_FACTOR_NOT_ENABLED("two_factor_not_enabled", 409, "There is no second factor"),
  TWO_FACTOR_NOT_SET_UP("two_factor_not_set_up", 409, "Set it up first");

  private final String code;
  private final int status;
  private final String title;

  FactorError(String code, int status, String title) {
    this.code = code;
    this.status = status;
    this.title = title;
  }

  @Override
  public String code() {
    return code;
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
