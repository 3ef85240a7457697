package dev.autopilot.e2e.bench;

import java.io.PrintStream;
import java.util.List;

/** {@code ./autopilot bench <name>}. Figures in the docs come from here and nowhere else. */
public final class Bench {
  private static final List<Benchmark> ALL = List.of(new EventsBench(), new GatewayBench());

  private Bench() {}

  public static void main(String[] arguments) throws Exception {
    PrintStream out = System.out;
    for (Benchmark benchmark : ALL) {
      if (arguments.length == 1 && benchmark.name().equals(arguments[0])) {
        benchmark.run(out);
        return;
      }
    }
    out.println("Usage: ./autopilot bench <name>, where the name is one of");
    for (Benchmark benchmark : ALL) {
      out.printf("  %-10s %s%n", benchmark.name(), benchmark.about());
    }
    System.exit(2);
  }
}
