package dev.autopilot.e2e.bench;

import dev.autopilot.e2e.Client;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Makes databases, one or very many. */
final class Databases {
  private static final int WITH_INDEXES = 1_000;
  private static final int CLIENTS = 3;

  private Databases() {}

  static String project(Client person) {
    return person.post("/api/projects", Map.of("name", "Plants")).expect(201).text("id");
  }

  static String create(Client person, String project, List<Map<String, Object>> fields) {
    return person
        .post("/api/databases", Map.of("projectId", project, "name", "Plants", "fields", fields))
        .expect(201)
        .text("id");
  }

  /** Returns those that have indexed and unique fields: a thousand, or all if they are fewer. */
  static List<String> createMany(Client person, String project, int wanted, PrintStream out)
      throws Exception {
    int indexed = Math.min(wanted, WITH_INDEXES);
    long start = System.nanoTime();
    List<String> made = new ArrayList<>();
    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<String>> pending = new ArrayList<>();
      for (int i = 0; i < wanted; i++) {
        List<Map<String, Object>> fields = i < indexed ? Plants.fields() : Plants.plainFields();
        pending.add(clients.submit(() -> create(person, project, fields)));
      }
      for (Future<String> database : pending) {
        made.add(database.get());
      }
    }
    out.printf(
        Locale.ROOT,
        "%n%,d databases made in %.0f s, %,d of them with a unique and three indexed fields%n",
        wanted,
        (System.nanoTime() - start) / 1e9,
        indexed);
    return made.subList(0, indexed);
  }
}
