package dev.autopilot.e2e.bench;

import dev.autopilot.e2e.Client;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that fill a database by {@code POST /api/records/bulk}, a thousand at a time. They are
 * told the ids and not what they sent ({@code Prefer: return=minimal}), as a loader would have it.
 */
final class Filling {
  static final int CLIENTS = 4;
  private static final int AT_ONCE = 1_000;

  private Filling() {}

  /** Returns when all are acknowledged; how many a second that were. */
  static double fill(Client person, String database, long records)
      throws InterruptedException, ExecutionException {
    Client loader = person.with("Prefer", "return=minimal");
    AtomicLong next = new AtomicLong();
    long start = System.nanoTime();
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        running.add(
            clients.submit(() -> {
              for (long from; (from = next.getAndAdd(AT_ONCE)) < records; ) {
                create(loader, database, from, Math.min(from + AT_ONCE, records));
              }
            }));
      }
      for (Future<?> client : running) {
        client.get();
      }
    }
    return records / ((System.nanoTime() - start) / 1e9);
  }

  private static void create(Client person, String database, long from, long to) {
    StringBuilder body =
        new StringBuilder("{\"databaseId\":\"").append(database).append("\",\"create\":[");
    for (long n = from; n < to; n++) {
      body.append(n == from ? "" : ",");
      Plants.json(body, n);
    }
    person.post("/api/records/bulk", "application/json", body.append("]}").toString()).expect(200);
  }
}
