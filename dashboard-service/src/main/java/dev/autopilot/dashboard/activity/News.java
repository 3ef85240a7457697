package dev.autopilot.dashboard.activity;

import dev.autopilot.dashboard.intake.Folded;
import dev.autopilot.events.worker.Worker;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Finds out to whom something happened and wakes their streams: at once when this replica folded,
 * soon when another did. One question for all streams together, and none while nobody looks on.
 */
@ApplicationScoped
class News {
  private static final Duration FALLBACK = Duration.ofMillis(500);
  private static final long UNKNOWN = -1;

  private final Activities activities;
  private final Subscribers subscribers;
  private final Thread stopping;
  private @Nullable Worker worker;
  private long seen = UNKNOWN;

  News(Activities activities, Subscribers subscribers) {
    this.activities = activities;
    this.subscribers = subscribers;
    this.stopping = new Thread(subscribers::close, "end-streams");
  }

  void onStart(@Observes StartupEvent start) {
    // The server waits for requests to end before it tells anybody that it stops, and a stream is a
    // request: this is told at once.
    Runtime.getRuntime().addShutdownHook(stopping);
    worker = Worker.start("news", FALLBACK, this::round);
  }

  void onFolded(@Observes Folded folded) {
    if (worker != null) {
      worker.wake();
    }
  }

  void onStop(@Observes ShutdownEvent stop) {
    try {
      Runtime.getRuntime().removeShutdownHook(stopping);
    } catch (IllegalStateException itIsRunning) {
      // The process ends, and the hook is doing its part.
    }
    subscribers.close();
    if (worker != null) {
      worker.close();
    }
  }

  private void round() throws SQLException {
    if (!subscribers.any()) {
      seen = UNKNOWN;
      return;
    }
    long last = activities.last();
    if (seen == UNKNOWN) {
      // Something may have come between the first stream's reading and this.
      subscribers.tellEverybody();
    } else if (last > seen) {
      subscribers.tell(activities.usersBetween(seen, last));
    }
    seen = last;
  }
}
