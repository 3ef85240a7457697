package dev.autopilot.integration.delivery;

import dev.autopilot.events.outbox.Outbox;
import dev.autopilot.integration.endpoint.Receiver;
import dev.autopilot.integration.endpoint.Receivers;
import dev.autopilot.integration.signature.Arrival;
import dev.autopilot.integration.signature.DeliveryKey;
import dev.autopilot.integration.signature.Freshness;
import dev.autopilot.integration.signature.Verdict;
import dev.autopilot.kernel.Ids;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Takes a delivery in: the note that it was seen, the delivery and its event, or none of them. */
@ApplicationScoped
class ReceiveWebhook {
  private final Receivers receivers;
  private final SeenDeliveries seen;
  private final Deliveries deliveries;
  private final Outbox outbox;
  private final WebhookSettings settings;
  private final MeterRegistry metrics;
  private final Clock clock;

  ReceiveWebhook(
      Receivers receivers,
      SeenDeliveries seen,
      Deliveries deliveries,
      Outbox outbox,
      WebhookSettings settings,
      MeterRegistry metrics,
      Clock clock) {
    this.receivers = receivers;
    this.seen = seen;
    this.deliveries = deliveries;
    this.outbox = outbox;
    this.settings = settings;
    this.metrics = metrics;
    this.clock = clock;
  }

  @Transactional
  Receipt receive(UUID endpointId, Arrival arrival) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Receiver receiver = receivers.at(endpointId);
    Freshness freshness = new Freshness(now, settings.tolerance());
    return switch (receiver.signature().check(arrival, freshness)) {
      case Verdict.Genuine(DeliveryKey key) -> takeIn(receiver, arrival, key, now);
      case Verdict.Handshake(String answer) -> counted(receiver, new Receipt.Answered(answer));
      case Verdict.Refused(var reason) -> {
        deliveries.addRejected(Ids.next(), receiver, arrival, reason, now);
        yield counted(receiver, new Receipt.Rejected());
      }
    };
  }

  private Receipt takeIn(Receiver receiver, Arrival arrival, DeliveryKey key, Instant now) {
    if (!seen.note(receiver.endpointId(), key, now)) {
      return counted(receiver, new Receipt.SeenBefore());
    }
    UUID id = Ids.next();
    deliveries.add(id, receiver, arrival, now);
    outbox.append(
        new WebhookReceived(
            receiver.endpointId(),
            id,
            receiver.scheme(),
            arrival.header("content-type"),
            arrival.size(),
            0,
            receiver.ownerId()));
    return counted(receiver, new Receipt.Stored());
  }

  private Receipt counted(Receiver receiver, Receipt receipt) {
    String outcome =
        switch (receipt) {
          case Receipt.Stored() -> "received";
          case Receipt.SeenBefore() -> "duplicate";
          case Receipt.Answered(String _) -> "handshake";
          case Receipt.Rejected() -> "rejected";
        };
    metrics
        .counter("webhooks.deliveries", "scheme", receiver.scheme().toString(), "outcome", outcome)
        .increment();
    return receipt;
  }
}
