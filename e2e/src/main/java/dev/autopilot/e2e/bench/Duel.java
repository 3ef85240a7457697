package dev.autopilot.e2e.bench;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * The same request to two databases in turn, so that whatever else the machine does it does to
 * both. Its percentiles are medians over rounds: one bad second of the machine spoils one round.
 */
final class Duel {
  private static final int ROUNDS = 5;
  private static final int TIMES = 200;
  private static final int WARM_UP = 100;

  private Duel() {}

  static void heading(PrintStream out, String one, String other) {
    out.printf("  %-34s %22s %22s %14s%n", "", one + ", ms", other + ", ms", "ratio");
    out.printf("  %-34s %11s%11s %11s%11s %7s%7s%n", "", "p50", "p99", "p50", "p99", "p50", "p99");
  }

  /** Each supplier prepares a request, which is then timed. */
  static void run(PrintStream out, String what, Supplier<Runnable> one, Supplier<Runnable> other) {
    times(one, other, WARM_UP);
    cold(out, what, one, other);
  }

  /** Without a warm-up: a thousand requests of each, the first one included. */
  static void cold(PrintStream out, String what, Supplier<Runnable> one, Supplier<Runnable> other) {
    double[][] p50 = new double[2][ROUNDS];
    double[][] p99 = new double[2][ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      double[][] times = times(one, other, TIMES);
      for (int side = 0; side < 2; side++) {
        Figures figures = new Figures(times[side]);
        p50[side][round] = figures.percentile(50);
        p99[side][round] = figures.percentile(99);
      }
    }
    double[] median = {median(p50[0]), median(p50[1])};
    double[] tail = {median(p99[0]), median(p99[1])};
    out.printf(
        Locale.ROOT,
        "  %-34s %11.2f%11.2f %11.2f%11.2f %7.2f%7.2f%n",
        what,
        median[0],
        tail[0],
        median[1],
        tail[1],
        median[1] / median[0],
        tail[1] / tail[0]);
  }

  private static double[][] times(Supplier<Runnable> one, Supplier<Runnable> other, int times) {
    double[][] milliseconds = new double[2][times];
    for (int i = 0; i < times; i++) {
      milliseconds[0][i] = time(one.get());
      milliseconds[1][i] = time(other.get());
    }
    return milliseconds;
  }

  private static double time(Runnable request) {
    long start = System.nanoTime();
    request.run();
    return (System.nanoTime() - start) / 1e6;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
