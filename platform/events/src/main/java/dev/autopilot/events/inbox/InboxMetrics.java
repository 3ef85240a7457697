package dev.autopilot.events.inbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How far behind this process is, and what became of what it read. */
@Singleton
class InboxMetrics {
  private final Counter handled;
  private final Counter duplicates;
  private final Counter deadLetters;
  private final Counter retries;
  private final Timer delay;
  private final Map<Object, Position> consumers = new ConcurrentHashMap<>();

  private record Position(long lag, int paused) {}

  InboxMetrics(MeterRegistry registry) {
    handled = counter(registry, "handled", "Events that had their effect");
    duplicates = counter(registry, "duplicates", "Events that had had their effect before");
    deadLetters = counter(registry, "dead.letters", "Events put away as dead letters");
    retries = counter(registry, "retries", "Times a partition was paused to try again");
    delay =
        Timer.builder("autopilot.inbox.delay")
            .description("From the event to its effect's commit")
            .register(registry);
    Gauge.builder(
            "autopilot.inbox.lag", () -> consumers.values().stream().mapToLong(Position::lag).sum())
        .description("Records in this process's partitions that are not handled yet")
        .register(registry);
    Gauge.builder(
            "autopilot.inbox.paused",
            () -> consumers.values().stream().mapToInt(Position::paused).sum())
        .description("Partitions that wait to try an event again")
        .register(registry);
  }

  private static Counter counter(MeterRegistry registry, String name, String description) {
    return Counter.builder("autopilot.inbox." + name).description(description).register(registry);
  }

  void handled(int fresh, int repeated) {
    handled.increment(fresh);
    duplicates.increment(repeated);
  }

  void taken(Instant happened) {
    Duration taken = Duration.between(happened, Instant.now());
    delay.record(taken.isNegative() ? Duration.ZERO : taken);
  }

  void deadLetter() {
    deadLetters.increment();
  }

  void retry() {
    retries.increment();
  }

  void position(Object consumer, long lag, int paused) {
    consumers.put(consumer, new Position(lag, paused));
  }

  void gone(Object consumer) {
    consumers.remove(consumer);
  }
}
