package dev.autopilot.e2e;

/** The suite answered otherwise than it promises. */
public final class UnexpectedAnswer extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnexpectedAnswer(String message) {
    super(message);
  }

  UnexpectedAnswer(String message, Throwable cause) {
    super(message, cause);
  }
}
