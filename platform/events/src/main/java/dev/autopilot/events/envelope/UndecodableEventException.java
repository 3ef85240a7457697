package dev.autopilot.events.envelope;

import org.jspecify.annotations.Nullable;

/** This can't be read, and never will be: poison. */
public final class UndecodableEventException extends RuntimeException {
  public UndecodableEventException(String why) {
    this(why, null);
  }

  public UndecodableEventException(String why, @Nullable Throwable cause) {
    super(why, cause);
  }
}
