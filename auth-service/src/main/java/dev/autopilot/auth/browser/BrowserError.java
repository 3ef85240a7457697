package dev.autopilot.auth.browser;

import dev.autopilot.kernel.problem.ErrorCode;

/** How a page is refused. */
public enum BrowserError implements ErrorCode {
  CSRF_FAILED(403, "The request comes from a page that may not make it");

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
