package dev.autopilot.auth.account;

import dev.autopilot.kernel.problem.ErrorCode;

/** How the account feature refuses. */
public enum AccountError implements ErrorCode {
  EMAIL_TAKEN(409, "There is an account with this address already"),
  ACCOUNT_GONE(401, "The account does not exist any more");

  private final int status;
  private final String title;

  AccountError(int status, String title) {
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
