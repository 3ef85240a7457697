package dev.autopilot.projects.schema;

/** Why a value isn't one that its field takes, in words for whoever sent it. */
public final class InvalidValueException extends Exception {
  public InvalidValueException(String message) {
    super(message, null, false, false);
  }

  public String reason() {
    return String.valueOf(getMessage());
  }
}
