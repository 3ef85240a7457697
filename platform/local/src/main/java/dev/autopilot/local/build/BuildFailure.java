package dev.autopilot.local.build;

/**
 * The build can't be brought up to date. The message says why, in lines that a person can act on.
 */
public final class BuildFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BuildFailure(String message) {
    super(message);
  }

  BuildFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
