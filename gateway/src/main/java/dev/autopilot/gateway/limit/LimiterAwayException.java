package dev.autopilot.gateway.limit;

/** Nobody can be asked how much has been used, and so nobody may pass. */
final class LimiterAwayException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LimiterAwayException() {
    super("the limiter is away", null, false, false);
  }
}
