package dev.autopilot.e2e.faults;

import dev.autopilot.e2e.Answer;
import dev.autopilot.e2e.Client;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * A client as it should be: writes one record after the other, each under an Idempotency-Key of its
 * own, and repeats a request that failed, under the same key, until it is acknowledged.
 */
final class SteadyWriter implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Set<Integer> TRY_AGAIN = Set.of(409, 429, 500, 502, 503, 504);

  private final Client client;
  private final String database;
  private final Thread thread;
  private final List<Long> acknowledgedAt = new ArrayList<>();
  private final Map<String, Integer> answers = new TreeMap<>();
  private final List<String> refusals = new ArrayList<>();
  private volatile boolean closing;

  private SteadyWriter(Client client, String database) {
    this.client = client;
    this.database = database;
    this.thread = Thread.ofVirtual().name("steady writer").unstarted(this::run);
  }

  static SteadyWriter start(Client client, String database) {
    SteadyWriter writer = new SteadyWriter(client, database);
    writer.thread.start();
    return writer;
  }

  /** The code of the n-th record it writes, from 0. */
  static String code(int n) {
    return "WRITER-" + n;
  }

  /** How many were acknowledged: those with the first codes, each of them. */
  synchronized int acknowledged() {
    return acknowledgedAt.size();
  }

  /** How often which answer came. */
  synchronized Map<String, Integer> answers() {
    return Map.copyOf(answers);
  }

  /** Answers that told it to give up, which none should have. */
  synchronized List<String> refusals() {
    return List.copyOf(refusals);
  }

  /** The longest time without an acknowledgement that ended after the moment. */
  synchronized Duration longestSilenceSince(long nanoTime) {
    long longest = 0;
    for (int i = 1; i < acknowledgedAt.size(); i++) {
      if (acknowledgedAt.get(i) - nanoTime > 0) {
        longest = Math.max(longest, acknowledgedAt.get(i) - acknowledgedAt.get(i - 1));
      }
    }
    return Duration.ofNanos(longest);
  }

  /** Returns when what was begun is acknowledged. */
  @Override
  public void close() {
    closing = true;
    try {
      boolean _ = thread.join(Duration.ofMinutes(1));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    for (int n = 0; !closing && write(code(n)); n++) {
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private boolean write(String code) {
    Client once = client.with("Idempotency-Key", UUID.randomUUID().toString());
    Map<String, Object> record =
        Map.of("databaseId", database, "values", Map.of("code", code, "name", "Written by itself"));
    while (true) {
      Optional<Answer> answer = Patience.attempt(() -> once.post("/api/records", record));
      if (noted(answer)) {
        return true;
      }
      if (answer.isPresent() && !TRY_AGAIN.contains(answer.get().status())) {
        refused(answer.get());
        return false;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private synchronized boolean noted(Optional<Answer> answer) {
    String kind = answer.map(it -> Integer.toString(it.status())).orElse("no answer");
    answers.merge(kind, 1, Integer::sum);
    if (answer.filter(it -> it.status() == 201).isEmpty()) {
      return false;
    }
    acknowledgedAt.add(System.nanoTime());
    return true;
  }

  private synchronized void refused(Answer answer) {
    refusals.add("The writer was refused with %d: %s".formatted(answer.status(), answer.body()));
  }
}
