package dev.autopilot.integration.delivery;

import dev.autopilot.events.database.Expiring;
import dev.autopilot.integration.signature.DeliveryKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.hibernate.Session;

/** What came in before. */
@ApplicationScoped
class SeenDeliveries implements Expiring {
  /** Waits for a twin that has not committed; one that is too old counts as none. */
  private static final String NOTE =
      """
      insert into seen_delivery (endpoint_id, key, created_at) values (?, ?, ?)
      on conflict (endpoint_id, key) do update set created_at = excluded.created_at
        where seen_delivery.created_at < ?
      """;

  private final Session session;
  private final WebhookSettings settings;

  SeenDeliveries(Session session, WebhookSettings settings) {
    this.session = session;
    this.settings = settings;
  }

  /** Whether it is the first of its kind; whoever asks next is told that it isn't. */
  boolean note(UUID endpoint, DeliveryKey key, Instant now) {
    Duration window = key.lasting() ? settings.memory() : settings.contentWindow();
    return session.doReturningWork(connection -> {
      try (PreparedStatement note = connection.prepareStatement(NOTE)) {
        note.setObject(1, endpoint);
        note.setBytes(2, key.hash().bytes());
        note.setObject(3, now.atOffset(ZoneOffset.UTC));
        note.setObject(4, now.minus(window).atOffset(ZoneOffset.UTC));
        return note.executeUpdate() == 1;
      }
    });
  }

  @Override
  public String table() {
    return "seen_delivery";
  }

  @Override
  public Duration keptFor() {
    return settings.memory();
  }
}
