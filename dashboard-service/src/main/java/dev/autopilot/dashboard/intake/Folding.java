package dev.autopilot.dashboard.intake;

import dev.autopilot.events.worker.Worker;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Folds as soon as something arrived here, and now and then what another replica left behind. */
@ApplicationScoped
class Folding {
  private static final Duration FALLBACK = Duration.ofMillis(500);

  private final Fold fold;
  private final Event<Folded> folded;
  private @Nullable Worker worker;

  Folding(Fold fold, Event<Folded> folded) {
    this.fold = fold;
    this.folded = folded;
  }

  void onStart(@Observes StartupEvent start) {
    worker = Worker.start("fold", FALLBACK, this::round);
  }

  void onArrival(
      @Observes(during = TransactionPhase.AFTER_SUCCESS) HearEverything.Arrived arrived) {
    if (worker != null) {
      worker.wake();
    }
  }

  void onStop(@Observes ShutdownEvent stop) {
    if (worker != null) {
      worker.close();
    }
  }

  private void round() {
    if (fold.run() > 0) {
      folded.fire(Folded.SOME);
    }
  }
}
