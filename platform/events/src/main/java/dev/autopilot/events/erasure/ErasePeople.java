package dev.autopilot.events.erasure;

import dev.autopilot.events.erasure.Departures.Departure;
import dev.autopilot.events.worker.Worker;
import io.quarkus.arc.All;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Erases those who are gone, a turn each until nothing is left, so that nobody waits for the end of
 * a large one. No transaction is long; whoever dies leaves the rest to the next turn. What can't be
 * erased holds up nothing else, and is tried again later and later, with less at once each time: an
 * amount that takes too long is no reason to fail for ever.
 */
@ApplicationScoped
class ErasePeople {
  private static final Logger LOG = Logger.getLogger(ErasePeople.class);
  private static final Duration LOOK_AROUND = Duration.ofSeconds(2);
  private static final Duration TURN = Duration.ofSeconds(10);
  private static final int AT_ONCE = 1_000;

  private final Departures departures;
  private final List<PersonalData> everything;
  private @Nullable Worker worker;

  ErasePeople(Departures departures, @All List<PersonalData> everything) {
    this.departures = departures;
    this.everything = everything;
  }

  void onStart(@Observes StartupEvent start) {
    worker = Worker.start("erasure of people", LOOK_AROUND, this::eraseAll);
  }

  void onStop(@Observes ShutdownEvent stop) {
    if (worker != null) {
      worker.close();
    }
  }

  private void eraseAll() throws SQLException {
    Departure next = departures.take();
    while (next != null && !stopped()) {
      giveTurn(next);
      next = stopped() ? null : departures.take();
    }
  }

  private void giveTurn(Departure departure) throws SQLException {
    UUID user = departure.user();
    int atMost = Math.max(1, AT_ONCE >> Math.min(departure.failures(), 10));
    boolean more = false;
    boolean failed = false;
    for (PersonalData data : everything) {
      try {
        more |= isLeftAfterTurn(data, user, atMost);
      } catch (RuntimeException failure) {
        failed = true;
        if (!stopped()) {
          LOG.errorf(failure, "Not everything of user %s can be erased yet", user);
        }
      }
    }
    if (failed || stopped()) {
      return;
    }
    if (more) {
      departures.again(user);
    } else {
      departures.settle(user);
    }
  }

  private static boolean isLeftAfterTurn(PersonalData data, UUID user, int atMost) {
    long end = System.nanoTime() + TURN.toNanos();
    int erased;
    do {
      erased = QuarkusTransaction.requiringNew().call(() -> data.eraseSome(user, atMost));
    } while (erased > 0 && System.nanoTime() - end < 0 && !stopped());
    return erased > 0;
  }

  private static boolean stopped() {
    return Thread.currentThread().isInterrupted();
  }
}
