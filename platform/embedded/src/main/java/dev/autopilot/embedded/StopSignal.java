package dev.autopilot.embedded;

/** What asks a child to end. */
public enum StopSignal {
  /** An orderly end of most programs. */
  TERM,
  /** PostgreSQL's fast shutdown: sessions are ended, a checkpoint is written. */
  INT
}
