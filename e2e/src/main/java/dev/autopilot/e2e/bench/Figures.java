package dev.autopilot.e2e.bench;

import java.util.Arrays;
import java.util.Locale;

/** Many measurements of one thing, in milliseconds. */
final class Figures {
  private final double[] sorted;

  Figures(double[] measured) {
    sorted = measured.clone();
    Arrays.sort(sorted);
  }

  double percentile(double percent) {
    int index = (int) Math.ceil(percent / 100 * sorted.length) - 1;
    return sorted[Math.clamp(index, 0, sorted.length - 1)];
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "median %.1f ms, p90 %.1f ms, p99 %.1f ms, max %.1f ms (%d measured)",
        percentile(50),
        percentile(90),
        percentile(99),
        percentile(100),
        sorted.length);
  }
}
