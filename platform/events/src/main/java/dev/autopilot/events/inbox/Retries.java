package dev.autopilot.events.inbox;

import dev.autopilot.events.kafka.Backoff;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/** The partitions that wait to try an event again. One thread's own. */
final class Retries {
  private final Map<TopicPartition, Retry> waiting = new HashMap<>();
  private final Backoff backoff;

  Retries(Backoff backoff) {
    this.backoff = backoff;
  }

  /**
   * @param offset the event that is in the way
   * @param failures of any kind, which make the wait longer
   * @param unknowns failures of an unknown kind, which are counted out
   * @param triedAt when the try began that failed last
   * @param resumed whether it is being tried, and nothing is waited for
   */
  private record Retry(
      long offset, int failures, int unknowns, long triedAt, long dueAt, boolean resumed) {
    Retry dueNow() {
      return new Retry(offset, failures, unknowns, triedAt, System.nanoTime(), resumed);
    }

    Retry asResumed() {
      return new Retry(offset, failures, unknowns, triedAt, dueAt, true);
    }
  }

  boolean isRetrying(TopicPartition partition) {
    return waiting.containsKey(partition);
  }

  /** How often this event has failed for no known reason. */
  int unknownFailures(TopicPartition partition, long offset) {
    Retry retry = waiting.get(partition);
    return retry != null && retry.offset() == offset ? retry.unknowns() : 0;
  }

  /** How long ago the try began with which this event failed last; empty if it hasn't. */
  Optional<Duration> sinceTry(TopicPartition partition, long offset) {
    return Optional.ofNullable(waiting.get(partition))
        .filter(retry -> retry.offset() == offset)
        .map(retry -> Duration.ofNanos(System.nanoTime() - retry.triedAt()));
  }

  /**
   * @param began when it was tried, as {@link System#nanoTime} tells
   */
  void failed(TopicPartition partition, long offset, FailureKind kind, long began) {
    Retry before = waiting.get(partition);
    if (before == null || before.offset() != offset) {
      before = new Retry(offset, 0, 0, 0, 0, false);
    }
    int failures = before.failures() + 1;
    int unknowns = before.unknowns() + (kind == FailureKind.UNKNOWN ? 1 : 0);
    long dueAt = System.nanoTime() + backoff.after(failures).toNanos();
    waiting.put(partition, new Retry(offset, failures, unknowns, began, dueAt, false));
  }

  /** This partition goes on; what was away for it is back for the others too, so they try now. */
  void succeeded(TopicPartition partition) {
    if (waiting.remove(partition) != null) {
      waiting.replaceAll((_, retry) -> retry.dueNow());
    }
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  void clear() {
    waiting.clear();
  }

  void forget(Collection<TopicPartition> partitions) {
    waiting.keySet().removeAll(partitions);
  }

  /** Those whose time has come; told once, until they fail again. */
  Set<TopicPartition> takeDue() {
    long now = System.nanoTime();
    Set<TopicPartition> due =
        waiting.entrySet().stream()
            .filter(entry -> !entry.getValue().resumed() && entry.getValue().dueAt() - now <= 0)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    due.forEach(partition -> waiting.computeIfPresent(partition, (_, retry) -> retry.asResumed()));
    return due;
  }

  /** How long until the next is due, at most so long. */
  Duration untilDue(Duration most) {
    long now = System.nanoTime();
    return waiting.values().stream()
        .filter(retry -> !retry.resumed())
        .map(retry -> Duration.ofNanos(Math.max(0, retry.dueAt() - now)))
        .filter(wait -> wait.compareTo(most) < 0)
        .min(Duration::compareTo)
        .orElse(most);
  }
}
