package dev.autopilot.projects.file.text;

/**
 * What was read of a file.
 *
 * @param text as far as it was read; empty when there is none
 */
public record Reading(Outcome outcome, String text) {
  /** How far reading got. */
  public enum Outcome {
    /** To the end. */
    WHOLE,
    /** To a bound. */
    CUT,
    /** Files of this kind aren't read, or this one holds no text. */
    NONE,
    /** It is broken, locked, or cost too much before it said anything. */
    FAILED
  }

  static final Reading NOTHING = new Reading(Outcome.NONE, "");
  static final Reading BROKEN = new Reading(Outcome.FAILED, "");
}
