package dev.autopilot.auth.recovery;

import dev.autopilot.kernel.problem.ErrorCode;

/** How proofs by mail are refused. */
public enum RecoveryError implements ErrorCode {
  INVALID_TOKEN(400, "The link is not valid any more; ask for another"),
  EMAIL_NOT_VERIFIED(403, "The address has not been verified; follow the link in the letter");

  private final int status;
  private final String title;

  RecoveryError(int status, String title) {
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
