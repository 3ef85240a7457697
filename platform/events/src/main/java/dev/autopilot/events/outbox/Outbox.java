package dev.autopilot.events.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.autopilot.events.envelope.DomainEvent;
import dev.autopilot.events.envelope.Envelope;
import dev.autopilot.events.envelope.EventJson;
import dev.autopilot.events.envelope.KafkaHeaders;
import dev.autopilot.events.envelope.Trace;
import dev.autopilot.events.kafka.TopicSettings;
import dev.autopilot.events.kafka.Topics;
import dev.autopilot.kernel.Ids;
import dev.autopilot.kernel.start.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a use case leaves what it has to tell. It commits with the use case's transaction or not at
 * all, and from then on reaches Kafka at least once, in order per aggregate.
 *
 * <p>Pending changes are flushed first: the aggregate's row is locked before the event takes its
 * place in the queue, so two transactions that change one aggregate queue in the order in which
 * they commit.
 */
@ApplicationScoped
public class Outbox {
  private static final int MAX_DATA_BYTES = 3 * 1024 * 1024;

  private final EntityManager entities;
  private final TransactionSynchronizationRegistry transaction;
  private final OutboxRows rows;
  private final OutboxRelay relay;
  private final String service;
  private final Set<String> otherTopics;
  private final Clock clock;

  Outbox(
      EntityManager entities,
      TransactionSynchronizationRegistry transaction,
      OutboxRows rows,
      OutboxRelay relay,
      Settings settings,
      TopicSettings topics,
      Clock clock) {
    this.entities = entities;
    this.transaction = transaction;
    this.rows = rows;
    this.relay = relay;
    this.service = settings.service();
    this.otherTopics = topics.compacted().orElse(Set.of());
    this.clock = clock;
  }

  /** Tells of one event. */
  public void append(DomainEvent event) {
    appendAll(List.of(event));
  }

  /** Tells of many, in this order, with one statement. */
  public void appendAll(List<? extends DomainEvent> events) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    String traceparent = Trace.current();
    store(events.stream().map(event -> row(event, now, traceparent)).toList());
  }

  /** Sends a record to a topic of another kind. */
  public void append(OutboxMessage message) {
    // The relay couldn't get past a record for a topic that nobody made.
    if (!otherTopics.contains(message.topic())) {
      throw new IllegalArgumentException(
          message.topic() + " is not declared in autopilot.events.topics.compacted");
    }
    String payload = message.value() == null ? null : EventJson.write(message.value());
    store(List.of(new OutboxRow(message.topic(), message.key(), message.headers(), payload)));
  }

  private OutboxRow row(DomainEvent event, Instant now, @Nullable String traceparent) {
    if (!Envelope.isType(event.type()) || !Envelope.serviceOf(event.type()).equals(service)) {
      throw new IllegalArgumentException(
          "%s is no event type of %s".formatted(event.type(), service));
    }
    Envelope envelope =
        new Envelope(
            Ids.next(),
            "/" + service,
            event.type(),
            event.aggregateId(),
            now,
            event.aggregateVersion(),
            event.userId(),
            traceparent);
    return new OutboxRow(
        Topics.events(service),
        event.aggregateId(),
        KafkaHeaders.of(envelope),
        EventJson.write(event));
  }

  private void store(List<OutboxRow> messages) {
    if (transaction.getTransactionKey() == null
        || transaction.getTransactionStatus() != Status.STATUS_ACTIVE) {
      throw new IllegalStateException(
          "An event is told inside the transaction of the change it tells of; there is none");
    }
    if (messages.isEmpty()) {
      return;
    }
    for (OutboxRow message : messages) {
      // Refused here, where the use case can still fail, and not by the broker, behind its back.
      if (message.payload() != null && isTooLarge(message.payload())) {
        throw new IllegalArgumentException(
            "An event for %s is larger than %d bytes".formatted(message.topic(), MAX_DATA_BYTES));
      }
    }
    entities.flush();
    rows.insert(messages);
    wakeRelayAfterCommit(messages);
  }

  /** A char takes three bytes at most, so hardly any text has to be encoded to be measured. */
  private static boolean isTooLarge(String text) {
    return text.length() > MAX_DATA_BYTES / 3 && text.getBytes(UTF_8).length > MAX_DATA_BYTES;
  }

  private void wakeRelayAfterCommit(List<OutboxRow> messages) {
    if (transaction.getResource(LanesToWake.class) instanceof LanesToWake present) {
      present.addAll(messages);
      return;
    }
    LanesToWake lanes = new LanesToWake(relay::wake);
    lanes.addAll(messages);
    transaction.putResource(LanesToWake.class, lanes);
    transaction.registerInterposedSynchronization(lanes);
  }
}
