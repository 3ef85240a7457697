package dev.autopilot.e2e.bench;

import dev.autopilot.e2e.Await;
import dev.autopilot.e2e.Client;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a request costs in a database of a million records beside one of ten thousand, and how
 * quickly a million records are taken in.
 */
final class RecordsBench implements Benchmark {
  private static final int SMALL = 10_000;
  private static final int LARGE = 1_000_000;

  @Override
  public String name() {
    return "records";
  }

  @Override
  public String about() {
    return "a million records beside ten thousand, and how quickly they are taken in";
  }

  @Override
  public List<String> options() {
    return List.of("--records");
  }

  @Override
  public void run(Options options, PrintStream out) throws Exception {
    try (ProjectsRig rig = ProjectsRig.start(out)) {
      ProjectsRig.Installation installation = rig.install("records", ProjectsRig.SERVER_JVM);
      Client person = installation.person();
      String project = Databases.project(person);
      String small = Databases.create(person, project, Plants.fields());
      String large = Databases.create(person, project, Plants.fields());
      double _ = Filling.fill(person, small, SMALL);
      int records = options.size("--records", LARGE);
      fill(rig, installation, large, records, out);
      installation.vacuum();
      PlantRequests many = new PlantRequests(person, large);
      compare(new PlantRequests(person, small), many, records, out);
      Unindexed.measure(many, large, person, out);
    }
  }

  private static void fill(
      ProjectsRig rig,
      ProjectsRig.Installation installation,
      String database,
      int records,
      PrintStream out)
      throws Exception {
    Map<String, Double> before = rig.processorTime(installation);
    double rate = Filling.fill(installation.person(), database, records);
    long waiting = installation.waitingEvents();
    long start = System.nanoTime();
    long _ =
        Await.until(
            "the outbox to be empty",
            Duration.ofMinutes(10),
            installation::waitingEvents,
            left -> left == 0);
    out.printf(
        Locale.ROOT,
        "%nbulk: %,d records, %d clients, 1,000 a request: %,.0f records/s acknowledged;%n"
            + "  %,d of their events were not at Kafka yet, and were %.1f s later%n",
        records,
        Filling.CLIENTS,
        rate,
        waiting,
        (System.nanoTime() - start) / 1e9);
    Map<String, Double> after = rig.processorTime(installation);
    out.print("  on the processor, microseconds a record:");
    after.forEach((process, seconds) ->
        out.printf(
            Locale.ROOT,
            " %s %.0f;",
            process,
            (seconds - before.getOrDefault(process, 0.0)) / records * 1e6));
    out.println();
  }

  private static void compare(PlantRequests few, PlantRequests many, int records, PrintStream out) {
    out.println();
    Duel.heading(out, "%,d records".formatted(SMALL), "%,d records".formatted(records));
    Duel.run(out, "first page by an indexed field", few::firstPage, many::firstPage);
    Duel.run(out, "deep page", few::deepPage, many::deepPage);
    Duel.run(out, "filtered by two, sorted by a third", few::filteredPage, many::filteredPage);
    Duel.run(out, "read by id", few::read, many::read);
    Duel.run(out, "create", few::create, many::create);
  }
}
