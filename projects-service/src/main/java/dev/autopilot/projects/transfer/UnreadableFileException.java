package dev.autopilot.projects.transfer;

/** Why a file can't be read as what it is said to be, in words for whoever sent it. */
final class UnreadableFileException extends Exception {
  UnreadableFileException(String message) {
    super(message, null, false, false);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
