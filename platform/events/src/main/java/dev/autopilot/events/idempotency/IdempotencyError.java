package dev.autopilot.events.idempotency;

import dev.autopilot.kernel.problem.ErrorCode;

/** How a repeated request is refused. */
enum IdempotencyError implements ErrorCode {
  IDEMPOTENCY_KEY_REUSED(422, "The Idempotency-Key was used for another request"),
  IDEMPOTENCY_IN_PROGRESS(409, "The first request with this Idempotency-Key is still going on");

  private final int status;
  private final String title;

  IdempotencyError(int status, String title) {
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
