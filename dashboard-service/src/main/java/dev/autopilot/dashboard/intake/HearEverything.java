package dev.autopilot.dashboard.intake;

import dev.autopilot.events.envelope.ReceivedEvent;
import dev.autopilot.events.inbox.EventHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.Set;

/** Hears every topic. Whatever somebody tells is kept, counted or not; a person's end erases. */
@ApplicationScoped
class HearEverything implements EventHandler {
  private static final String USER_DELETED = "auth.user.deleted";

  private final Arrivals arrivals;
  private final Erasure erasure;
  private final Event<Arrived> arrived;

  HearEverything(Arrivals arrivals, Erasure erasure, Event<Arrived> arrived) {
    this.arrivals = arrivals;
    this.erasure = erasure;
    this.arrived = arrived;
  }

  @Override
  public Set<String> types() {
    return Set.of("auth.*", "chat.*", "projects.*", "workflow.*", "integration.*", "dashboard.*");
  }

  @Override
  public void handle(ReceivedEvent event) {
    if (event.type().equals(USER_DELETED)) {
      erasure.begin(event);
    } else {
      arrivals.add(event);
      arrived.fire(Arrived.ONE);
    }
  }

  /** Something waits to be folded, once the transaction that says so has committed. */
  enum Arrived {
    ONE
  }
}
