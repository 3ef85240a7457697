package dev.autopilot.kernel.identity;

/** A token that is not to be believed; the message is for the log and never holds the token. */
public final class InvalidTokenException extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidTokenException(String message) {
    super(message, null, false, false);
  }
}
