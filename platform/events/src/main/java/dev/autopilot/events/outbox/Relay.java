package dev.autopilot.events.outbox;

import dev.autopilot.events.database.DirectConnections;
import dev.autopilot.events.kafka.Backoff;
import dev.autopilot.events.kafka.Outage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.jboss.logging.Logger;

/**
 * Moves committed rows to Kafka. Each worker takes lanes that are due, locks them against other
 * replicas for the length of a pass, and sends, awaits and deletes what they begin with. A lane's
 * lock belongs to a session, not to a transaction: none is open while Kafka answers.
 */
final class Relay implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Relay.class);
  private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
  private static final Duration CLOSING = Duration.ofSeconds(5);

  private final DirectConnections connections;
  private final Supplier<Producer<byte[], byte[]>> producers;
  private final RelaySettings settings;
  private final RelayMetrics metrics;
  private final Lanes lanes;
  private final List<Thread> threads = new ArrayList<>();
  private final Outage outage = new Outage(LOG, "Events wait in the outbox");
  private final Backoff backoff;

  Relay(
      DirectConnections connections,
      Supplier<Producer<byte[], byte[]>> producers,
      RelaySettings settings,
      RelayMetrics metrics) {
    this.connections = connections;
    this.producers = producers;
    this.settings = settings;
    this.metrics = metrics;
    this.lanes = new Lanes(settings.workers());
    this.backoff = new Backoff(FIRST_BACKOFF, settings.maxBackoff());
  }

  void start() {
    for (int i = 1; i <= settings.workers(); i++) {
      // Platform threads: they wait inside the clients' monitors, and there are two.
      threads.add(Thread.ofPlatform().daemon().name("outbox-relay-" + i).start(this::work));
    }
  }

  void wake(int lane) {
    lanes.wake(lane);
  }

  private void work() {
    try (RelayWorker worker = new RelayWorker(connections, producers, settings, metrics)) {
      for (List<Integer> jobs = lanes.take(); !jobs.isEmpty(); jobs = lanes.take()) {
        try {
          run(jobs, worker);
        } catch (InterruptedException stopped) {
          return;
        } catch (Exception | Error failure) {
          metrics.failed();
          outage.failed(failure);
          worker.startAfresh();
          jobs.forEach(job -> lanes.failed(job, backoff));
        }
      }
    } catch (InterruptedException stopped) {
      LOG.trace("Stopped while idle", stopped);
    }
  }

  private void run(List<Integer> jobs, RelayWorker worker) throws Exception {
    if (jobs.contains(Lanes.SWEEP)) {
      worker.lanesWithRows().forEach(lanes::wake);
      succeeded(Lanes.SWEEP);
      lanes.again(Lanes.SWEEP, jittered(settings.sweep()));
      return;
    }
    RelayWorker.Pass pass = worker.pass(jobs);
    pass.emptied()
        .forEach(lane -> {
          succeeded(lane);
          lanes.finished(lane);
        });
    pass.unfinished()
        .forEach(lane -> {
          succeeded(lane);
          lanes.again(lane, Duration.ZERO);
        });
    // Another replica is at it, and may be past its last look: what woke us must not wait long.
    pass.taken().forEach(lane -> lanes.again(lane, jittered(RelayWorker.UNTIL_FREE)));
  }

  private void succeeded(int job) {
    if (lanes.recovered(job)) {
      outage.over();
    }
  }

  private static Duration jittered(Duration delay) {
    return new Backoff(delay, delay).after(1);
  }

  /** Lets passes that are under way end, then ends them; what isn't acknowledged stays a row. */
  @Override
  public void close() {
    lanes.close();
    long deadline = System.nanoTime() + CLOSING.toNanos();
    for (Thread thread : threads) {
      try {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (!thread.join(Duration.ofMillis(Math.max(1, left)))) {
          thread.interrupt();
        }
      } catch (InterruptedException stopped) {
        threads.forEach(Thread::interrupt);
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
