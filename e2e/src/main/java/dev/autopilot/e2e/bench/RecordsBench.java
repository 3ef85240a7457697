package dev.autopilot.e2e.bench;

import dev.autopilot.e2e.Await;
import dev.autopilot.e2e.Client;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * What a request costs in a database of a million records beside one of ten thousand, and what a
 * create costs in an installation of ten thousand databases beside one of one; and how quickly a
 * million records are taken in.
 */
final class RecordsBench implements Benchmark {
  private static final int SMALL = 10_000;
  private static final int LARGE = 1_000_000;
  private static final int DATABASES = 10_000;

  @Override
  public String name() {
    return "records";
  }

  @Override
  public String about() {
    return "a million records beside ten thousand, ten thousand databases beside one, bulk inserts";
  }

  @Override
  public List<String> options() {
    return List.of("--records", "--databases");
  }

  @Override
  public void run(Options options, PrintStream out) throws Exception {
    try (ProjectsRig rig = ProjectsRig.start(out)) {
      ProjectsRig.Installation crowded = rig.install("crowded", ProjectsRig.SERVER_JVM);
      Client person = crowded.person();
      String project = project(person);
      String small = Databases.create(person, project, Plants.fields());
      String large = Databases.create(person, project, Plants.fields());
      double _ = Filling.fill(person, small, SMALL);
      int records = options.size("--records", LARGE);
      fill(rig, crowded, large, records, out);
      crowded.vacuum();
      PlantRequests few = new PlantRequests(person, small);
      PlantRequests many = new PlantRequests(person, large);
      compare(few, many, records, out);
      Unindexed.measure(many, large, person, out);

      ProjectsRig.Installation alone = rig.install("alone", ProjectsRig.SERVER_JVM);
      String only = Databases.create(alone.person(), project(alone.person()), Plants.fields());
      double _ = Filling.fill(alone.person(), only, SMALL);
      alone.vacuum();
      int databases = options.size("--databases", DATABASES);
      List<String> indexed = Databases.createMany(person, project, databases - 2, out);
      crowd(new PlantRequests(alone.person(), only), few, person, indexed, databases, out);
    }
  }

  private static String project(Client person) {
    return person.post("/api/projects", Map.of("name", "Plants")).expect(201).text("id");
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

  private static void crowd(
      PlantRequests alone,
      PlantRequests one,
      Client person,
      List<String> indexed,
      int databases,
      PrintStream out) {
    AtomicInteger next = new AtomicInteger();
    List<PlantRequests> others =
        indexed.stream().map(database -> new PlantRequests(person, database)).toList();
    Supplier<Runnable> inTurn = () -> others.get(next.getAndIncrement() % others.size()).create();
    out.println();
    Duel.heading(out, "1 database", "%,d databases".formatted(databases));
    Duel.run(out, "create, always in the same", alone::create, one::create);
    String turn = "create, in %,d in turn".formatted(others.size());
    Duel.cold(out, turn + ", first", alone::create, inTurn);
    Duel.cold(out, turn + ", again", alone::create, inTurn);
  }
}
