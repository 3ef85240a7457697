package dev.autopilot.e2e.bench;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One run of {@code wrk}; an answer other than 2xx or 3xx makes it worthless. */
record Wrk(double perSecond, String median, String p99) {
  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
  private static final Pattern MEDIAN = Pattern.compile("(?m)^ +50% +(\\S+)");
  private static final Pattern P99 = Pattern.compile("(?m)^ +99% +(\\S+)");
  private static final Pattern FAILED = Pattern.compile("(Non-2xx or 3xx responses: \\d+)");

  static Wrk run(URI target, int connections, Duration time, String token)
      throws IOException, InterruptedException {
    String said =
        Programs.output(
            List.of(
                "wrk",
                "-t1",
                "-c" + connections,
                "-d" + time.toSeconds(),
                "--latency",
                "-H",
                "Authorization: Bearer " + token,
                target.toString()));
    String failed = found(FAILED, said, "");
    if (!failed.isEmpty()) {
      throw new IOException(target + ": " + failed);
    }
    return new Wrk(
        Double.parseDouble(found(RATE, said, "0")),
        found(MEDIAN, said, "?"),
        found(P99, said, "?"));
  }

  private static String found(Pattern pattern, String text, String otherwise) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : otherwise;
  }
}
