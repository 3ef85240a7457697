package dev.autopilot.e2e.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.autopilot.e2e.Await;
import dev.autopilot.e2e.Client;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;

/** Imports of plants, as a client sees them. */
final class Imports {
  static final Duration PATIENCE = Duration.ofMinutes(20);

  private Imports() {}

  /** Returns the job's id once the file is taken in. */
  static String upload(Client person, String database, int rows) {
    return person
        .send(
            "POST",
            "/api/databases/" + database + "/import",
            "text/csv",
            BodyPublishers.ofInputStream(() -> new PlantFile(rows)))
        .expect(202)
        .text("id");
  }

  static JsonNode ended(Client person, String job) {
    return await(person, job, "its end", now -> now.path("finishedAt").isTextual());
  }

  static JsonNode await(Client person, String job, String what, Predicate<JsonNode> awaited) {
    return Await.until(
        "an import, " + what,
        PATIENCE,
        () -> person.get("/api/imports/" + job).expect(200).json(),
        awaited);
  }

  /** From the file's arrival to the job's end. */
  static double seconds(JsonNode job) {
    return seconds(job.path("createdAt"), Instant.parse(job.path("finishedAt").textValue()));
  }

  static double seconds(JsonNode from, Instant to) {
    return Duration.between(Instant.parse(from.textValue()), to).toMillis() / 1e3;
  }
}
