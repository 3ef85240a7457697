package dev.autopilot.events.envelope;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened, as its owner tells it. A record implements this; its components, written
 * by Jackson, are the event's data. The four methods here fill the envelope and are part of the
 * data only where they are components as well.
 */
public interface DomainEvent {
  /** {@code <service>.<noun>.<past participle>}, such as {@code projects.record.created}. */
  String type();

  /** The key: events of one aggregate arrive in the order in which they were committed. */
  String aggregateId();

  /** The aggregate's version after the event; consumers compare it to ignore what is stale. */
  long aggregateVersion();

  /** Whose data this is, or null when it is nobody's. */
  @Nullable UUID userId();
}
