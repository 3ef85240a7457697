package dev.autopilot.e2e.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.autopilot.e2e.Home;
import dev.autopilot.e2e.journey.Journey;
import dev.autopilot.e2e.journey.Narrator;
import dev.autopilot.embedded.ProcessIdentity;
import dev.autopilot.local.config.Layout;
import dev.autopilot.local.suite.Deployable;
import dev.autopilot.local.suite.Form;
import dev.autopilot.local.suite.ProcessMemory;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The end of {@code ./autopilot test --native}: of each binary its size, the time from the start of
 * its process to its first ready answer while nothing else starts, and its memory, idle and after a
 * journey.
 */
public final class Binaries {
  private static final int STARTS = 5;
  private static final Duration SETTLING = Duration.ofSeconds(10);

  private final Home home;
  private final PrintStream out;

  private Binaries(Home home, PrintStream out) {
    this.home = home;
    this.out = out;
  }

  public static void main(String[] arguments) throws InterruptedException {
    PrintStream out = System.out;
    try (Home home =
        Home.start(Form.BINARIES, new PrintStream(OutputStream.nullOutputStream(), false, UTF_8))) {
      new Binaries(home, out).measure();
    }
  }

  private void measure() throws InterruptedException {
    Thread.sleep(SETTLING);
    Map<Deployable, String> idle = memory();
    var ready = new EnumMap<Deployable, Figures>(Deployable.class);
    for (Deployable deployable : Deployable.values()) {
      ready.put(
          deployable,
          new Figures(
              Stream.generate(() -> home.timeToReady(deployable))
                  .limit(STARTS)
                  .mapToDouble(took -> took.toNanos() / 1e6)
                  .toArray()));
    }
    new Journey(home.gateway(), Narrator.silent()).travel();
    Thread.sleep(SETTLING);
    Map<Deployable, String> used = memory();
    out.printf(
        "%n  %-12s %8s %14s %16s %22s%n",
        "binary", "size", "ready, median", "idle RSS / PSS", "after a journey");
    ready.forEach((deployable, starts) ->
        out.printf(
            Locale.ROOT,
            "  %-12s %5d MB %11.0f ms %16s %22s%n",
            deployable.id(),
            size(deployable) >> 20,
            starts.percentile(50),
            idle.getOrDefault(deployable, "-"),
            used.getOrDefault(deployable, "-")));
  }

  private static long size(Deployable deployable) {
    Path checkout = Home.checkout();
    return deployable.binary(new Layout(checkout, checkout)).toFile().length();
  }

  private Map<Deployable, String> memory() {
    var memory = new EnumMap<Deployable, String>(Deployable.class);
    for (Deployable deployable : Deployable.values()) {
      home.state().members().stream()
          .filter(member -> member.name().equals(deployable.id()))
          .flatMap(member -> member.process().flatMap(ProcessIdentity::find).stream())
          .forEach(process -> memory.put(deployable, megabytes(ProcessMemory.of(process))));
    }
    return memory;
  }

  private static String megabytes(ProcessMemory memory) {
    return "%d / %d MB"
        .formatted(
            memory.residentKilobytes() >> 10, memory.proportionalKilobytes().orElse(0) >> 10);
  }
}
