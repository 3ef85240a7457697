package dev.autopilot.e2e.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One process killed during one import.
 *
 * @param imported rows that were imported when it was killed
 * @param back until a process in its place was ready
 * @param finished until the import was finished; negative when it was before the signal
 * @param silence the longest time in which the client had nothing acknowledged
 * @param job the import in the end
 */
record Round(
    String victim, int imported, Duration back, Duration finished, Duration silence, JsonNode job) {

  static final String HEADING =
      "  %-12s  %13s  %13s  %13s  %15s"
          .formatted("process", "rows at kill", "ready after", "writes paused", "import finished");

  boolean inTheMiddle() {
    return imported < Rows.COUNT && finished.isPositive();
  }

  List<String> broken() {
    List<String> broken = new ArrayList<>();
    if (!inTheMiddle()) {
      broken.add(victim + " was never killed in the middle: imports are over too soon");
    }
    if (!job.path("status").asText().equals("succeeded")
        || job.path("done").asInt() != Rows.COUNT
        || job.path("failed").asInt() != 0) {
      broken.add("the import during which %s was killed ended as %s".formatted(victim, job));
    }
    return broken;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "  %-12s  %,13d  %11.1f s  %11.1f s  %13.1f s",
        victim,
        imported,
        seconds(back),
        seconds(silence),
        seconds(finished));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }
}
