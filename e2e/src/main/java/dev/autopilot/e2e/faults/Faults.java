package dev.autopilot.e2e.faults;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * {@code ./autopilot faults <name>}: hurts a suite of its own, never the one that runs. Exit code 0
 * when every promise was kept, 1 when one was broken, 2 when there is no such trial.
 */
public final class Faults {
  private static final List<Trial> ALL = List.of(new ImportTrial());
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private Faults() {}

  public static void main(String[] arguments) throws InterruptedException {
    PrintStream out = System.out;
    for (Trial trial : ALL) {
      if (arguments.length == 1 && trial.name().equals(arguments[0])) {
        System.exit(hold(trial, out) ? 0 : 1);
      }
    }
    out.println("Usage: ./autopilot faults <name>, where the name is one of");
    for (Trial trial : ALL) {
      out.printf("  %-10s %s%n", trial.name(), trial.about());
    }
    System.exit(2);
  }

  /** Bounded: a suite that doesn't recover must end in a verdict too. */
  private static boolean hold(Trial trial, PrintStream out) throws InterruptedException {
    FutureTask<List<String>> verdict = new FutureTask<>(() -> trial.run(out));
    Thread.ofPlatform().daemon().name(trial.name()).start(verdict);
    List<String> broken;
    try {
      broken = verdict.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException tooLong) {
      // The suite's processes end with this one.
      broken = List.of("It did not end within " + LIMIT.toMinutes() + " minutes.");
    } catch (ExecutionException failure) {
      broken = List.of(String.valueOf(failure.getCause()));
    }
    out.println();
    broken.forEach(promise -> out.println("  broken: " + promise));
    out.println(broken.isEmpty() ? "PASSED: every promise was kept" : "FAILED");
    return broken.isEmpty();
  }
}
