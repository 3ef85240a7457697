package dev.autopilot.auth.proof;

import dev.autopilot.kernel.problem.ErrorCode;

/** How a missing proof is refused. */
public enum ProofError implements ErrorCode {
  FRESH_SIGN_IN_REQUIRED(403, "Sign in once more, then try again");

  private final int status;
  private final String title;

  ProofError(int status, String title) {
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
