package dev.autopilot.gateway.browser;

import dev.autopilot.kernel.problem.ErrorCode;

/** What a browser may have been tricked into. */
enum BrowserError implements ErrorCode {
  CSRF_FAILED(403, "The request could have been made by somebody else's page");

  private final int status;
  private final String title;

  BrowserError(int status, String title) {
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
