package dev.autopilot.integration.endpoint;

import dev.autopilot.kernel.problem.ErrorCode;

enum EndpointError implements ErrorCode {
  ENDPOINT_NOT_FOUND(404, "There is no such webhook endpoint");

  private final int status;
  private final String title;

  EndpointError(int status, String title) {
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
