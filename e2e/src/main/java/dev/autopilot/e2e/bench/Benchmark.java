package dev.autopilot.e2e.bench;

import java.io.PrintStream;
import java.util.List;

/** One thing that is measured, on this machine, now. */
interface Benchmark {
  /** What {@code ./autopilot bench} calls it. */
  String name();

  /** What it measures, in one line. */
  String about();

  /** The sizes it may be given, for a smaller trial; see {@link Options}. */
  default List<String> options() {
    return List.of();
  }

  void run(Options options, PrintStream out) throws Exception;
}
