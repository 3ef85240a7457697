package dev.autopilot.events.kafka;

import java.time.Duration;
import org.jboss.logging.Logger;

/** Says once that something fails, and once that it works again, however often it is tried. */
public final class Outage {
  private final Logger log;
  private final String what;
  private long since;
  private int failures;

  public Outage(Logger log, String what) {
    this.log = log;
    this.what = what;
  }

  public synchronized void failed(Throwable failure) {
    if (failures++ == 0) {
      since = System.nanoTime();
      log.warnf("%s, trying until it works: %s", what, summary(failure));
    }
    log.debug(what, failure);
  }

  public synchronized void over() {
    if (failures > 0) {
      Duration lasted = Duration.ofNanos(System.nanoTime() - since);
      log.infof("Works again after %d s and %d tries: %s", lasted.toSeconds(), failures, what);
      failures = 0;
    }
  }

  private static String summary(Throwable failure) {
    Throwable root = failure;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      root = cause;
    }
    return root.getClass().getSimpleName() + ": " + root.getMessage();
  }
}
