package dev.autopilot.events.inbox;

import dev.autopilot.events.envelope.Envelope;
import dev.autopilot.events.envelope.ReceivedEvent;
import dev.autopilot.events.kafka.Topics;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A bean of this type hears events. {@link #handle} runs inside the transaction that also notes the
 * event as seen, together with others of its partition, so it may only touch the database: whatever
 * else it did would be done again when the transaction is. There is no caller.
 *
 * <p>Events of one aggregate come in order, except one replayed from the dead letters, which comes
 * late: a handler that keeps state compares {@link ReceivedEvent#aggregateVersion()}.
 */
public interface EventHandler {
  /** Full types, or {@code <service>.*} for everything that a service tells. */
  Set<String> types();

  /** Where they are told; elsewhere than on their services' own topics only by exception. */
  default Set<String> topics() {
    return types().stream()
        .map(type -> Topics.events(Envelope.serviceOf(type)))
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Refuses an event for good with an {@link IllegalArgumentException} or a problem of the 4xx
   * kind: it becomes a dead letter. A database that is away is waited for.
   */
  void handle(ReceivedEvent event);
}
