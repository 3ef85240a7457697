package dev.autopilot.integration.delivery;

import dev.autopilot.kernel.problem.ErrorCode;

enum DeliveryError implements ErrorCode {
  INVALID_SIGNATURE(401, "The signature is missing, wrong or out of date"),
  DELIVERY_NOT_FOUND(404, "There is no such delivery"),
  DELIVERY_REJECTED(409, "The delivery was rejected, so there is nothing to replay");

  private final int status;
  private final String title;

  DeliveryError(int status, String title) {
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
