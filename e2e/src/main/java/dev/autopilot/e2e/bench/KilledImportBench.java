package dev.autopilot.e2e.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.autopilot.e2e.Await;
import dev.autopilot.e2e.Client;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A CSV file of 200 MB and {@code kill -9} of projects-service when half of it is imported: then
 * every row has to be there once, and be told of by one event.
 */
final class KilledImportBench implements Benchmark {
  private static final int MEGABYTES = 200;
  private static final int MEGABYTE = 1_000_000;

  /** Where a line of an export has the record's id: {"id":"…". */
  private static final int ID_AT = 7;

  private static final int ID_LENGTH = 36;

  @Override
  public String name() {
    return "import-killed";
  }

  @Override
  public String about() {
    return "a CSV file of 200 MB with kill -9 in the middle: every row and its event, once";
  }

  @Override
  public List<String> options() {
    return List.of("--megabytes");
  }

  @Override
  public void run(Options options, PrintStream out) throws Exception {
    int rows = PlantFile.rowsOf((long) options.size("--megabytes", MEGABYTES) * MEGABYTE);
    try (ProjectsRig rig = ProjectsRig.start(out)) {
      ProjectsRig.Installation installation = rig.install("imports", ProjectsRig.SMALL_JVM);
      Client person = installation.person();
      String database = Databases.create(person, Databases.project(person), Plants.fields());
      String job = Imports.upload(person, database, rows);
      JsonNode half =
          Imports.await(person, job, "half of it", now -> now.path("done").asLong() > rows / 2);
      double rate =
          half.path("done").asLong() / Imports.seconds(half.path("createdAt"), Instant.now());
      long before = installation.peakMegabytes();
      installation.killAndRestart();
      JsonNode ended = Imports.ended(person, job);
      out.printf(
          Locale.ROOT,
          "%nkill -9 after %,d of %,d rows, %,.0f rows/s: %s with %,d done and %,d failed, %.0f s after it began;"
              + " at most %,d MB resident before and %,d MB after%n",
          half.path("done").asLong(),
          rows,
          rate,
          ended.path("status").textValue(),
          ended.path("done").asLong(),
          ended.path("failed").asLong(),
          Imports.seconds(ended),
          before,
          installation.peakMegabytes());
      out.println("in the database: " + stored(person, database, rows));
      out.println("events in Kafka: " + told(rig, installation, database, rows));
    }
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
            "every event to be at Kafka",
            Imports.PATIENCE,
            installation::waitingEvents,
            left -> left == 0);
    Once once = new Once(rows);
    Consumers.all(
        "projects.events.v1",
        rig.kafka(),
        event -> {
          String data = new String(event.value(), StandardCharsets.UTF_8);
          if (data.contains(database) && data.contains("\"code\"")) {
            once.meet(data, id(event));
          }
        });
    return once;
  }

  private static UUID id(ConsumerRecord<String, byte[]> event) {
    return UUID.fromString(
        new String(event.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8));
  }
}
