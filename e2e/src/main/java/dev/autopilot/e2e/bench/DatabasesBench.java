package dev.autopilot.e2e.bench;

import dev.autopilot.e2e.Client;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What a create costs in an installation of ten thousand databases beside one that has a single
 * one. Both run at once, each with a service and a PostgreSQL database of its own.
 */
final class DatabasesBench implements Benchmark {
  private static final int DATABASES = 10_000;
  private static final int RECORDS = 10_000;

  /** Until the code of both services is compiled. */
  private static final int WARMING = 3_000;

  @Override
  public String name() {
    return "databases";
  }

  @Override
  public String about() {
    return "a create among ten thousand databases beside one where there is only one";
  }

  @Override
  public List<String> options() {
    return List.of("--databases");
  }

  @Override
  public void run(Options options, PrintStream out) throws Exception {
    int databases = options.size("--databases", DATABASES);
    try (ProjectsRig rig = ProjectsRig.start(out)) {
      ProjectsRig.Installation alone = rig.install("alone", ProjectsRig.SERVER_JVM);
      ProjectsRig.Installation crowded = rig.install("crowded", ProjectsRig.SERVER_JVM);
      Client person = crowded.person();
      String project = Databases.project(person);
      PlantRequests single = filled(alone, Databases.project(alone.person()));
      PlantRequests one = filled(crowded, project);
      List<PlantRequests> others =
          Databases.createMany(person, project, databases - 1, out).stream()
              .map(database -> new PlantRequests(person, database))
              .toList();
      AtomicInteger next = new AtomicInteger();
      Supplier<Runnable> inTurn = () -> others.get(next.getAndIncrement() % others.size()).create();
      out.println();
      Duel.heading(out, "1 database", "%,d databases".formatted(databases));
      Duel.run(out, "create, always in the same", single::create, one::create);
      String turn = "create, in %,d in turn".formatted(others.size());
      Duel.cold(out, turn + ", first", single::create, inTurn);
      Duel.cold(out, turn + ", again", single::create, inTurn);
    }
  }

  private static PlantRequests filled(ProjectsRig.Installation installation, String project)
      throws Exception {
    Client person = installation.person();
    String database = Databases.create(person, project, Plants.fields());
    double _ = Filling.fill(person, database, RECORDS);
    PlantRequests requests = new PlantRequests(person, database);
    Stream.generate(requests::create).limit(WARMING).forEach(Runnable::run);
    installation.vacuum();
    return requests;
  }
}
