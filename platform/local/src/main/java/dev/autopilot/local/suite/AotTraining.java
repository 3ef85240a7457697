package dev.autopilot.local.suite;

import dev.autopilot.embedded.Child;
import dev.autopilot.embedded.Ports;
import dev.autopilot.embedded.ServerFailure;
import dev.autopilot.embedded.StopSignal;
import dev.autopilot.local.config.Layout;
import dev.autopilot.local.config.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes the {@link AotCache}s that are missing, while the suite runs: one deployable after the
 * other is started a second time, with what is left of the processor, and ended once it is ready.
 *
 * <p>A run that records takes twice as long to start, and its end takes longer than its start;
 * nobody should wait for that. Replicas are equal, so one more for some seconds changes nothing.
 */
final class AotTraining {
  // Seven caches are one gigabyte; PostgreSQL and Kafka must never go short for them.
  private static final long NEEDED_DISK = 3L << 30;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration POLL = Duration.ofMillis(500);
  // What is called off needs no orderly end: it holds nothing that isn't in the database.
  private static final Duration GRACE = Duration.ofSeconds(1);

  /**
   * Behind everything else, also where the kernel gives each session an equal share and "nice"
   * counts only within one.
   */
  private static final List<String> WITH_WHAT_IS_LEFT =
      List.of(
          "sh",
          "-c",
          "echo 19 2>/dev/null >/proc/self/autogroup; exec nice -n 19 \"$@\"",
          "training");

  private final Layout layout;
  private final CountDownLatch calledOff = new CountDownLatch(1);
  private @Nullable Thread thread;

  AotTraining(Layout layout) {
    this.layout = layout;
  }

  /**
   * Begins, and returns at once.
   *
   * @param missing the environment of each deployable without a cache
   * @param done hears that every one of them has got its cache
   */
  synchronized void begin(Map<Deployable, Map<String, String>> missing, Runnable done) {
    if (!missing.isEmpty() && calledOff.getCount() > 0) {
      thread = Thread.ofVirtual().name("training").start(() -> trainAll(missing, done));
    }
  }

  /** Returns when nothing of it runs any more. */
  void callOff() {
    calledOff.countDown();
    Thread training;
    synchronized (this) {
      training = thread;
    }
    if (training != null) {
      try {
        training.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void trainAll(Map<Deployable, Map<String, String>> missing, Runnable done) {
    boolean all = true;
    for (var each : missing.entrySet()) {
      all &= train(each.getKey(), each.getValue());
    }
    if (all) {
      done.run();
    }
  }

  /** Whether it now has a cache. Without one it starts as it did; the next run tries again. */
  private boolean train(Deployable deployable, Map<String, String> environment) {
    if (calledOff.getCount() == 0) {
      return false;
    }
    AotCache cache = AotCache.of(deployable, layout);
    int management = Ports.free();
    try {
      Files.createDirectories(layout.aot());
      if (Files.getFileStore(layout.aot()).getUsableSpace() < NEEDED_DISK) {
        return false;
      }
      Child child = start(deployable, cache, environment, management);
      try {
        if (!becomesReady(child, management)) {
          return false;
        }
        // Its own signal, not the lifeline's: writing takes longer than any grace.
        child.identity().find().ifPresent(ProcessHandle::destroy);
        if (!ends(child)) {
          return false;
        }
      } finally {
        child.stop();
      }
      cache.keep();
      return true;
    } catch (IOException | ServerFailure | Refusal e) {
      return false;
    }
  }

  private Child start(
      Deployable deployable, AotCache cache, Map<String, String> environment, int management) {
    var own = new HashMap<>(environment);
    own.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    own.put("QUARKUS_HTTP_PORT", Integer.toString(Ports.free()));
    own.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(management));
    var line = new ArrayList<>(WITH_WHAT_IS_LEFT);
    line.addAll(deployable.commandLine(layout, cache.record()));
    return Child.start(
        new Child.Command(
            line,
            own,
            layout.data().resolve(deployable.id()),
            layout.log("training"),
            StopSignal.TERM,
            GRACE));
  }

  private boolean becomesReady(Child child, int management) {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (child.isAlive() && Instant.now().isBefore(deadline)) {
      if (Health.isReady(management)) {
        return true;
      }
      if (isCalledOffWithin(POLL)) {
        return false;
      }
    }
    return false;
  }

  private boolean ends(Child child) {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(deadline)) {
      if (!child.isAlive()) {
        return true;
      }
      if (isCalledOffWithin(POLL)) {
        return false;
      }
    }
    return false;
  }

  private boolean isCalledOffWithin(Duration wait) {
    try {
      return calledOff.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
