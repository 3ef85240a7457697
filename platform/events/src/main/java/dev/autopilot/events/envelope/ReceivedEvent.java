package dev.autopilot.events.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An event as a consumer meets it. */
public record ReceivedEvent(Envelope envelope, JsonNode data) {
  /** From attributes under their CloudEvents names, as the golden files have them. */
  public static ReceivedEvent of(Map<String, String> attributes, JsonNode data) {
    return new ReceivedEvent(Envelope.of(attributes), data);
  }

  public UUID id() {
    return envelope.id();
  }

  public String type() {
    return envelope.type();
  }

  /** The aggregate's id. */
  public String subject() {
    return envelope.subject();
  }

  public long aggregateVersion() {
    return envelope.aggregateVersion();
  }

  public Instant time() {
    return envelope.time();
  }

  /** Whose data this is, or null when it is nobody's. */
  public @Nullable UUID userId() {
    return envelope.userId();
  }

  /**
   * The data as a shape of the consumer's own, which declares only what it reads; other properties
   * are ignored. What doesn't fit is poison.
   */
  public <T> T data(Class<T> shape) {
    return EventJson.read(data, shape);
  }
}
