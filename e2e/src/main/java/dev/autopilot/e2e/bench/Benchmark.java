package dev.autopilot.e2e.bench;

import java.io.PrintStream;

/** One thing that is measured, on this machine, now. */
interface Benchmark {
  /** What {@code ./autopilot bench} calls it. */
  String name();

  /** What it measures, in one line. */
  String about();

  void run(PrintStream out) throws Exception;
}
