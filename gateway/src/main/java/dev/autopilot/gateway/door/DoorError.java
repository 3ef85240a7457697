package dev.autopilot.gateway.door;

import dev.autopilot.kernel.problem.ErrorCode;

/** What only a front door refuses. */
enum DoorError implements ErrorCode {
  URI_TOO_LONG(414, "The request line is longer than allowed"),
  HEADERS_TOO_LARGE(431, "The headers are larger than allowed"),
  NOT_HTTP(400, "This is not a well-formed HTTP request");

  private final int status;
  private final String title;

  DoorError(int status, String title) {
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
