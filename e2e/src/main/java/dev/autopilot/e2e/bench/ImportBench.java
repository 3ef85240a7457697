package dev.autopilot.e2e.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.autopilot.e2e.Client;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/**
 * CSV files of 20 and of 200 MB, imported by a projects-service with a heap of 96 MB. Memory is the
 * process's, all of it, at its highest.
 */
final class ImportBench implements Benchmark {
  private static final int MEGABYTES = 200;
  private static final int MEGABYTE = 1_000_000;

  @Override
  public String name() {
    return "import";
  }

  @Override
  public String about() {
    return "a CSV file of 200 MB: rows a second, and memory beside a file of 20 MB";
  }

  @Override
  public List<String> options() {
    return List.of("--megabytes");
  }

  @Override
  public void run(Options options, PrintStream out) throws Exception {
    int megabytes = options.size("--megabytes", MEGABYTES);
    try (ProjectsRig rig = ProjectsRig.start(out)) {
      ProjectsRig.Installation installation = rig.install("imports", ProjectsRig.SMALL_JVM);
      String project = Databases.project(installation.person());
      out.println("projects-service: " + String.join(" ", ProjectsRig.SMALL_JVM));
      out.println();
      for (int size : new int[] {Math.max(1, megabytes / 10), megabytes}) {
        String database = Databases.create(installation.person(), project, Plants.fields());
        importFile(installation, database, size, out);
      }
    }
  }

  private static void importFile(
      ProjectsRig.Installation installation, String database, int megabytes, PrintStream out)
      throws IOException {
    Client person = installation.person();
    int rows = PlantFile.rowsOf((long) megabytes * MEGABYTE);
    long start = System.nanoTime();
    String job = Imports.upload(person, database, rows);
    double uploaded = (System.nanoTime() - start) / 1e9;
    JsonNode ended = Imports.ended(person, job);
    out.printf(
        Locale.ROOT,
        "%,d MB, %,d rows: taken in after %.1f s; %s with %,d done and %,d failed, %,.0f rows/s;"
            + " at most %,d MB resident%n",
        megabytes,
        rows,
        uploaded,
        ended.path("status").textValue(),
        ended.path("done").asLong(),
        ended.path("failed").asLong(),
        rows / Imports.seconds(ended),
        installation.peakMegabytes());
  }
}
