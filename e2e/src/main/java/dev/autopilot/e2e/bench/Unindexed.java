package dev.autopilot.e2e.bench;

import dev.autopilot.e2e.Client;
import java.io.PrintStream;
import java.util.Locale;

/** What no index of an ordered field answers, and what reads everything. */
final class Unindexed {
  private static final int TIMES = 5;

  private Unindexed() {}

  static void measure(PlantRequests requests, String database, Client person, PrintStream out) {
    String here = "/api/databases/" + database;
    out.printf("%n  of the large one, without an index of an ordered field; median of %d%n", TIMES);
    tell(out, "name ~ a text that few have", filter(requests, "name ~ \"lant 99997\""));
    tell(out, "name ~ a text that none has", filter(requests, "name ~ \"nowhere\""));
    tell(out, "rating = a number that 1 % have", filter(requests, "rating = 13"));
    tell(out, "q, a word that one has", () -> requests.page("q=4711"));
    tell(out, "q, words that all have", () -> requests.page("q=some+plant"));
    tell(out, "count of all", () -> requests.page("limit=1&count=true"));
    tell(
        out,
        "count of a quarter",
        () ->
            requests.page(
                "limit=1&count=true&filter=" + PlantRequests.encoded("state = \"open\"")));
    tell(
        out,
        "count and sum by state",
        () -> person.get(here + "/aggregate?group=state&metrics=count,sum:amount").expect(200));
    long start = System.nanoTime();
    person.lines(here + "/export?format=csv", line -> {});
    out.printf(
        Locale.ROOT,
        "  %-34s %11.1f ms%n",
        "export of all, CSV, once",
        (System.nanoTime() - start) / 1e6);
  }

  private static Runnable filter(PlantRequests requests, String filter) {
    return () -> requests.page("filter=" + PlantRequests.encoded(filter));
  }

  private static void tell(PrintStream out, String what, Runnable request) {
    double[] milliseconds = new double[TIMES];
    for (int i = 0; i < TIMES; i++) {
      long start = System.nanoTime();
      request.run();
      milliseconds[i] = (System.nanoTime() - start) / 1e6;
    }
    out.printf(Locale.ROOT, "  %-34s %11.1f ms%n", what, new Figures(milliseconds).percentile(50));
  }
}
