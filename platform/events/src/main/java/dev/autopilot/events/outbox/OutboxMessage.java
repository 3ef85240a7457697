package dev.autopilot.events.outbox;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record for a topic that doesn't carry domain events, such as a compacted one.
 *
 * @param topic declared in {@code autopilot.events.topics.compacted}
 * @param key records of one key arrive in the order in which they were committed
 * @param value written as JSON; null deletes the key from a compacted topic
 */
public record OutboxMessage(
    String topic, String key, @Nullable Object value, Map<String, String> headers) {

  public OutboxMessage(String topic, String key, @Nullable Object value) {
    this(topic, key, value, Map.of());
  }
}
