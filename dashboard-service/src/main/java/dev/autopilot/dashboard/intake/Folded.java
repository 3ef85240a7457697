package dev.autopilot.dashboard.intake;

/** There is new activity, and the figures have moved. */
public enum Folded {
  SOME
}
