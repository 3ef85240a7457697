package dev.autopilot.e2e.bench;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** {@code ./autopilot bench <name>}. Figures in the docs come from here and nowhere else. */
public final class Bench {
  private static final List<Benchmark> ALL =
      List.of(
          new AuthBench(),
          new EventsBench(),
          new GatewayBench(),
          new RecordsBench(),
          new DatabasesBench(),
          new ImportBench(),
          new KilledImportBench());

  private Bench() {}

  public static void main(String[] arguments) throws Exception {
    PrintStream out = System.out;
    for (Benchmark benchmark : ALL) {
      if (arguments.length > 0 && benchmark.name().equals(arguments[0])) {
        Optional<Options> options =
            Options.parse(
                Arrays.asList(arguments).subList(1, arguments.length), benchmark.options());
        if (options.isPresent()) {
          benchmark.run(options.get(), out);
          return;
        }
      }
    }
    out.println("Usage: ./autopilot bench <name>, where the name is one of");
    for (Benchmark benchmark : ALL) {
      out.printf("  %-10s %s%n", benchmark.name(), benchmark.about());
      if (!benchmark.options().isEmpty()) {
        out.printf("  %-10s smaller by %s%n", "", String.join(" N, ", benchmark.options()) + " N");
      }
    }
    System.exit(2);
  }
}
