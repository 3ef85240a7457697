package dev.autopilot.events.inbox;

import dev.autopilot.events.envelope.ReceivedEvent;
import dev.autopilot.events.envelope.Trace;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Gives events their effect: all of them, with the note that they were seen, or none. */
@ApplicationScoped
class HandleEvents {
  private static final Logger LOG = Logger.getLogger(HandleEvents.class);

  private final Subscriptions subscriptions;
  private final SeenEvents seen;
  private final InboxMetrics metrics;
  private final Trace trace;
  private final int timeoutSeconds;

  HandleEvents(
      Subscriptions subscriptions,
      SeenEvents seen,
      InboxMetrics metrics,
      Trace trace,
      InboxSettings settings) {
    this.subscriptions = subscriptions;
    this.seen = seen;
    this.metrics = metrics;
    this.trace = trace;
    this.timeoutSeconds = Math.toIntExact(settings.timeout().toSeconds());
  }

  /** In one transaction, in this order; a failure leaves nothing. */
  @ActivateRequestContext
  void handle(List<ReceivedEvent> events) {
    if (events.isEmpty()) {
      return;
    }
    int fresh =
        QuarkusTransaction.requiringNew().timeout(timeoutSeconds).call(() -> handleNew(events));
    events.forEach(event -> metrics.taken(event.time()));
    metrics.handled(fresh, events.size() - fresh);
  }

  /** Whether any event, in whichever replica, began and had its effect within so long. */
  boolean handledWithin(Duration time) {
    try {
      return seen.notedWithin(time);
    } catch (SQLException failure) {
      LOG.debug("Whether others are handled can't be told", failure);
      return false;
    }
  }

  private int handleNew(List<ReceivedEvent> events) throws SQLException {
    Set<UUID> fresh = seen.note(events.stream().map(ReceivedEvent::id).toList());
    int handled = 0;
    for (ReceivedEvent event : events) {
      // Removed, so that one that is in the batch twice is handled once.
      if (fresh.remove(event.id())) {
        trace.continueFrom(event.envelope().traceparent());
        for (EventHandler handler : subscriptions.handlersOf(event.type())) {
          handler.handle(event);
        }
        handled++;
      }
    }
    return handled;
  }
}
