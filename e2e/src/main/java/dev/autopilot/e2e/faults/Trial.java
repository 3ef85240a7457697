package dev.autopilot.e2e.faults;

import java.io.PrintStream;
import java.util.List;

/** One way to hurt a suite, and what has to hold all the same. */
interface Trial {
  /** What {@code ./autopilot faults} calls it. */
  String name();

  /** What it does, in one line. */
  String about();

  /** Tells how it goes, and returns the promises that were broken. */
  List<String> run(PrintStream out) throws Exception;
}
