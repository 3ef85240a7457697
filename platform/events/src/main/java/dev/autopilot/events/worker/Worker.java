package dev.autopilot.events.worker;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Something done over and over on a thread of its own: at once when it is woken, and without being
 * woken after an interval. A failure is logged when it begins and when it is over, and ends
 * nothing.
 */
public final class Worker implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Worker.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** One round. */
  public interface Round {
    void run() throws Exception;
  }

  private final String name;
  private final Duration interval;
  private final Round round;
  private final Semaphore wakes = new Semaphore(0);
  private final Thread thread;
  private volatile boolean stopping;

  private Worker(String name, Duration before, Duration interval, Round round) {
    this.name = name;
    this.interval = interval;
    this.round = round;
    this.thread = Thread.ofVirtual().name(name).unstarted(() -> work(before));
  }

  /** The first round begins now. */
  public static Worker start(String name, Duration interval, Round round) {
    return started(new Worker(name, Duration.ZERO, interval, round));
  }

  /** The first round begins within the interval, so that replicas started together take turns. */
  public static Worker startWithin(Duration interval, String name, Round round) {
    long first = ThreadLocalRandom.current().nextLong(interval.toMillis());
    return started(new Worker(name, Duration.ofMillis(first), interval, round));
  }

  private static Worker started(Worker worker) {
    worker.thread.start();
    return worker;
  }

  /** Don't wait for the interval to end; many calls may make one round. */
  public void wake() {
    wakes.release();
  }

  /** Ends after the round that is running, which is interrupted when it takes long. */
  @Override
  public void close() {
    stopping = true;
    wake();
    try {
      if (!thread.join(PATIENCE)) {
        thread.interrupt();
        boolean _ = thread.join(PATIENCE);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void work(Duration before) {
    boolean failing = false;
    boolean goesOn = pause(before, failing);
    while (goesOn && !stopping) {
      try {
        round.run();
        if (failing) {
          LOG.infof("%s works again", name);
        }
        failing = false;
      } catch (Exception | Error failure) {
        // What one round asks too much of, be it memory or stack, isn't the end of all of them.
        if (!failing && !stopping) {
          LOG.logf(
              failure instanceof Error ? Logger.Level.ERROR : Logger.Level.WARN,
              failure,
              "%s fails, and is tried again",
              name);
        }
        failing = true;
      }
      goesOn = pause(interval, failing);
    }
  }

  /** What fails isn't hurried by those who wake it. */
  private boolean pause(Duration time, boolean failing) {
    try {
      if (failing && !stopping) {
        Thread.sleep(time);
      } else {
        var _ = wakes.tryAcquire(time.toMillis(), TimeUnit.MILLISECONDS);
      }
      wakes.drainPermits();
      return true;
    } catch (InterruptedException stopped) {
      return false;
    }
  }
}
