package dev.autopilot.dashboard.loop;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Something done over and over on a thread of its own: at once when it is woken, and without being
 * woken after an interval. A failure is logged when it begins and when it is over, and ends
 * nothing.
 */
public final class Loop implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Loop.class);
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

  private Loop(String name, Duration interval, Round round) {
    this.name = name;
    this.interval = interval;
    this.round = round;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::work);
  }

  public static Loop start(String name, Duration interval, Round round) {
    Loop loop = new Loop(name, interval, round);
    loop.thread.start();
    return loop;
  }

  /** Don't wait for the interval to end; many calls may make one round. */
  public void wake() {
    wakes.release();
  }

  /** Ends after the round that is running. */
  @Override
  public void close() {
    stopping = true;
    wake();
    try {
      if (!thread.join(PATIENCE)) {
        thread.interrupt();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    boolean failing = false;
    while (!stopping) {
      try {
        round.run();
        if (failing) {
          LOG.infof("%s works again", name);
        }
        failing = false;
      } catch (Exception failure) {
        if (!failing) {
          LOG.warnf(failure, "%s fails, and is tried again", name);
        }
        failing = true;
      }
      if (!pause(failing)) {
        return;
      }
    }
  }

  /** What fails isn't hurried by those who wake it. */
  private boolean pause(boolean failing) {
    try {
      if (failing) {
        Thread.sleep(interval);
      } else {
        var _ = wakes.tryAcquire(interval.toMillis(), TimeUnit.MILLISECONDS);
      }
      wakes.drainPermits();
      return true;
    } catch (InterruptedException stopped) {
      return false;
    }
  }
}
