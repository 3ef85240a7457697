package dev.autopilot.e2e.faults;

import dev.autopilot.e2e.Answer;
import dev.autopilot.e2e.Await;
import dev.autopilot.e2e.Client;
import dev.autopilot.e2e.UnexpectedAnswer;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is there once everything runs again, compared with what was acknowledged. */
final class Aftermath {
  private static final Duration CATCHING_UP = Duration.ofMinutes(2);
  private static final Pattern CODE = Pattern.compile("(?:FILE-\\d+|WRITER)-\\d+");

  /** As many that no partition of the topic stays without one. */
  private static final int MARKERS = 60;

  private final Client person;
  private final String database;
  private final String kafka;
  private final PrintStream out;

  Aftermath(Client person, String database, String kafka, PrintStream out) {
    this.person = person;
    this.database = database;
    this.kafka = kafka;
    this.out = out;
  }

  /**
   * Returns the promises that were broken.
   *
   * @param files imports that succeeded
   * @param written records that the client was told are stored
   */
  List<String> check(int files, int written) {
    List<String> broken = new ArrayList<>();
    int acknowledged = files * Rows.COUNT + written;
    out.printf(
        "  acknowledged: %,d records, %d imports of %,d and %,d one by one%n",
        acknowledged, files, Rows.COUNT, written);
    records(files, written, broken);
    events(acknowledged, broken);
    counted(acknowledged, broken);
    deadLetters(broken);
    return broken;
  }

  private void records(int files, int written, List<String> broken) {
    Map<String, Integer> stored = new HashMap<>();
    Matcher codes =
        CODE.matcher(
            person.get("/api/databases/" + database + "/export?format=csv").expect(200).body());
    while (codes.find()) {
      stored.merge(codes.group(), 1, Integer::sum);
    }
    long doubled = stored.values().stream().filter(times -> times > 1).count();
    int missing = 0;
    for (int file = 1; file <= files; file++) {
      for (int row = 0; row < Rows.COUNT; row++) {
        missing += stored.remove(Rows.code(file, row)) == null ? 1 : 0;
      }
    }
    for (int n = 0; n < written; n++) {
      missing += stored.remove(SteadyWriter.code(n)) == null ? 1 : 0;
    }
    out.printf(
        "  stored:       %,d missing, %,d more than once, %,d nobody was told of%n",
        missing, doubled, stored.size());
    if (missing + doubled + stored.size() > 0) {
      broken.add("not every acknowledged record is there exactly once");
    }
  }

  private void events(int acknowledged, List<String> broken) {
    try (Topics topics = new Topics(kafka)) {
      Topics.Told told =
          Await.until(
              "every record's event",
              CATCHING_UP,
              topics::createdRecords,
              found -> found.records() >= acknowledged);
      out.printf(
          "  told:         %,d events of %,d records; %,d were sent again after a crash%n",
          told.events(), told.records(), told.deliveries() - told.events());
      if (told.records() != acknowledged || told.events() != acknowledged) {
        broken.add("not every record was told of once");
      }
    } catch (UnexpectedAnswer missing) {
      broken.add(missing.getMessage());
    }
  }

  /**
   * Markers are told last: once all of them are counted, so is everything before them in their
   * partitions, and a record that was counted twice shows.
   */
  private void counted(int acknowledged, List<String> broken) {
    int before = person.get("/api/dashboard/stats").expect(200).json().path("projects").asInt();
    for (int i = 0; i < MARKERS; i++) {
      person.post("/api/projects", Map.of("name", "Marker " + i)).expect(201);
    }
    try {
      Answer stats =
          Await.until(
              "the dashboard to catch up",
              CATCHING_UP,
              () -> person.get("/api/dashboard/stats").expect(200),
              answer -> answer.json().path("projects").asInt() == before + MARKERS);
      int counted = stats.json().path("records").asInt();
      out.printf("  counted:      %,d on the dashboard%n", counted);
      if (counted != acknowledged) {
        broken.add("not every record's event was counted exactly once");
      }
    } catch (UnexpectedAnswer late) {
      broken.add(late.getMessage());
    }
  }

  private void deadLetters(List<String> broken) {
    try (Topics topics = new Topics(kafka)) {
      List<String> letters = topics.deadLetters();
      out.printf("  dead letters: %,d%n", letters.size());
      letters.stream().limit(10).forEach(letter -> out.println("    " + letter));
      if (!letters.isEmpty()) {
        broken.add("an outage wrote dead letters");
      }
    }
  }
}
