package dev.autopilot.e2e.bench;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs of Apache's {@code ab}, which opens a connection for each request. */
final class Ab {
  private static final Pattern RATE = Pattern.compile("Requests per second:\\s+([0-9.]+)");
  private static final Pattern REFUSED = Pattern.compile("Non-2xx responses:\\s+(\\d+)");

  private Ab() {}

  /**
   * {@code ab -n 1000 -c 10}.
   *
   * @throws IOException when an answer was another than 2xx
   */
  static double perSecond(URI target) throws IOException, InterruptedException {
    String said = Programs.output(List.of("ab", "-q", "-n", "1000", "-c", "10", target.toString()));
    Matcher refused = REFUSED.matcher(said);
    Matcher rate = RATE.matcher(said);
    if (refused.find() || !rate.find()) {
      throw new IOException("ab " + target + ": " + said);
    }
    return Double.parseDouble(rate.group(1));
  }
}
