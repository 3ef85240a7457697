package dev.autopilot.e2e.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.autopilot.e2e.Await;
import dev.autopilot.e2e.Client;
import java.io.PrintStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A CSV file of 200 MB, imported by a projects-service with a heap of 96 MB; and once more, with
 * {@code kill -9} of it in the middle. Memory is the process's, all of it, at its highest.
 */
final class ImportBench implements Benchmark {
  private static final int MEGABYTES = 200;
  private static final int MEGABYTE = 1_000_000;

  /** Where a line of an export has the record's id: {"id":"…". */
  private static final int ID_AT = 7;

  private static final int ID_LENGTH = 36;
  private static final Duration PATIENCE = Duration.ofMinutes(20);

  @Override
  public String name() {
    return "import";
  }

  @Override
  public String about() {
    return "a CSV file of 200 MB: rows a second and memory; and with kill -9 in the middle";
  }

  @Override
  public List<String> options() {
    return List.of("--megabytes");
  }

  @Override
  public void run(Options options, PrintStream out) throws Exception {
    int megabytes = options.size("--megabytes", MEGABYTES);
    int rows = PlantFile.rowsOf((long) megabytes * MEGABYTE);
    try (ProjectsRig rig = ProjectsRig.start(out)) {
      ProjectsRig.Installation installation = rig.install("imports", ProjectsRig.SMALL_JVM);
      Client person = installation.person();
      String project = Databases.project(person);
      out.println("projects-service: " + String.join(" ", ProjectsRig.SMALL_JVM));
      out.println();
      for (int size : new int[] {Math.max(1, megabytes / 10), megabytes}) {
        String database = Databases.create(person, project, Plants.fields());
        undisturbed(installation, database, PlantFile.rowsOf((long) size * MEGABYTE), size, out);
      }
      String database = Databases.create(person, project, Plants.fields());
      killed(installation, database, rows, out);
      out.println("  in the database: " + stored(person, database, rows));
      out.println("  events in Kafka: " + told(rig, installation, database, rows));
    }
  }

  private static void undisturbed(
      ProjectsRig.Installation installation, String database, int rows, int size, PrintStream out)
      throws Exception {
    Client person = installation.person();
    long start = System.nanoTime();
    String job = upload(person, database, rows);
    double uploaded = (System.nanoTime() - start) / 1e9;
    JsonNode ended = ended(person, job);
    out.printf(
        Locale.ROOT,
        "%,d MB, %,d rows: taken in after %.1f s; %s with %,d done and %,d failed, %,.0f rows/s; "
            + "at most %,d MB resident%n",
        size,
        rows,
        uploaded,
        ended.path("status").textValue(),
        ended.path("done").asLong(),
        ended.path("failed").asLong(),
        rows / seconds(ended),
        installation.peakMegabytes());
  }

  private static void killed(
      ProjectsRig.Installation installation, String database, int rows, PrintStream out)
      throws Exception {
    Client person = installation.person();
    String job = upload(person, database, rows);
    JsonNode half =
        Await.until(
            "half of the rows",
            PATIENCE,
            () -> person.get("/api/imports/" + job).expect(200).json(),
            now -> now.path("done").asLong() > rows / 2);
    installation.killAndRestart();
    JsonNode ended = ended(person, job);
    out.printf(
        Locale.ROOT,
        "kill -9 after %,d rows: %s with %,d done and %,d failed, %.1f s after it began; "
            + "at most %,d MB resident after the restart%n",
        half.path("done").asLong(),
        ended.path("status").textValue(),
        ended.path("done").asLong(),
        ended.path("failed").asLong(),
        seconds(ended),
        installation.peakMegabytes());
  }

  private static Once stored(Client person, String database, int rows) {
    Once once = new Once(rows);
    person.lines(
        "/api/databases/" + database + "/export?format=jsonl",
        line -> once.meet(line, UUID.fromString(line.substring(ID_AT, ID_AT + ID_LENGTH))));
    return once;
  }

  /** An event may be sent again after a crash, but then it is the same event. */
  private static Once told(
      ProjectsRig rig, ProjectsRig.Installation installation, String database, int rows) {
    long _ =
        Await.until(
            "every event to be at Kafka", PATIENCE, installation::waitingEvents, left -> left == 0);
    Once once = new Once(rows);
    Consumers.all(
        "projects.events.v1",
        rig.kafka(),
        event -> {
          String data = new String(event.value(), StandardCharsets.UTF_8);
          if (data.contains(database) && data.contains("code-")) {
            once.meet(data, id(event));
          }
        });
    return once;
  }

  private static UUID id(ConsumerRecord<String, byte[]> event) {
    return UUID.fromString(
        new String(event.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8));
  }

  private static String upload(Client person, String database, int rows) {
    return person
        .send(
            "POST",
            "/api/databases/" + database + "/import",
            "text/csv",
            BodyPublishers.ofInputStream(() -> new PlantFile(rows)))
        .expect(202)
        .text("id");
  }

  private static JsonNode ended(Client person, String job) {
    return Await.until(
        "the import to end",
        PATIENCE,
        () -> person.get("/api/imports/" + job).expect(200).json(),
        now -> now.path("finishedAt").isTextual());
  }

  private static double seconds(JsonNode job) {
    return Duration.between(
                Instant.parse(job.path("createdAt").textValue()),
                Instant.parse(job.path("finishedAt").textValue()))
            .toMillis()
        / 1e3;
  }
}
