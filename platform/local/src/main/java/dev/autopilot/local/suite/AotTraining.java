package dev.autopilot.local.suite;

import dev.autopilot.embedded.ServerFailure;
import dev.autopilot.local.config.Layout;
import dev.autopilot.local.config.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes the {@link AotCache}s that are missing, while the suite runs: one program after the other
 * is started a second time, with what is left of the processor, and ended once it has been ready
 * for a while.
 *
 * <p>A run that records takes twice as long to start, and its end takes longer than its start;
 * nobody should wait for that. Replicas are equal, so one more for some seconds changes nothing.
 */
final class AotTraining {
  /**
   * Put before a command: behind everything else, also where the kernel gives each session an equal
   * share and "nice" counts only within one.
   */
  static final List<String> WITH_WHAT_IS_LEFT =
      List.of(
          "sh",
          "-c",
          "echo 19 2>/dev/null >/proc/self/autogroup; exec nice -n 19 \"$@\"",
          "training");

  // Eight caches are one gigabyte; PostgreSQL and Kafka must never go short for them.
  private static final long NEEDED_DISK = 3L << 30;
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final Duration POLL = Duration.ofMillis(200);
  // Consumers join their groups and schedules take their first turn once it is ready: what they
  // load is as much of a start as the rest.
  private static final Duration SETTLED = Duration.ofSeconds(10);

  private final Layout layout;
  private final CountDownLatch calledOff = new CountDownLatch(1);
  private @Nullable Thread thread;

  AotTraining(Layout layout) {
    this.layout = layout;
  }

  /**
   * Something without a cache.
   *
   * @param recording starts it so that its end writes the cache
   */
  record Trainee(AotCache cache, Launcher recording) {}

  /**
   * Begins, and returns at once.
   *
   * @param done hears that every one of them has got its cache
   */
  synchronized void begin(List<Trainee> trainees, Runnable done) {
    if (!trainees.isEmpty() && !isCalledOff()) {
      thread = Thread.ofVirtual().name("training").start(() -> trainAll(trainees, done));
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
        training.interrupt();
        training.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void trainAll(List<Trainee> trainees, Runnable done) {
    boolean all = true;
    for (Trainee trainee : trainees) {
      all &= train(trainee);
    }
    if (all) {
      done.run();
    }
  }

  /** Whether it now has a cache. Without one it starts as it did; the next run tries again. */
  private boolean train(Trainee trainee) {
    try {
      Files.createDirectories(layout.aot());
      if (isCalledOff() || Files.getFileStore(layout.aot()).getUsableSpace() < NEEDED_DISK) {
        return false;
      }
      Launcher.Running recorded = trainee.recording().launch(this::isCalledOff);
      try {
        if (isCalledOffWithin(SETTLED)) {
          return false;
        }
        // Its own signal, not the lifeline's: writing takes longer than any grace.
        recorded.child().identity().find().ifPresent(ProcessHandle::destroy);
        if (!ends(recorded)) {
          return false;
        }
      } finally {
        recorded.stop().run();
      }
      trainee.cache().keep();
      return true;
    } catch (IOException | ServerFailure | Refusal e) {
      return false;
    }
  }

  private boolean ends(Launcher.Running recorded) {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (recorded.child().isAlive()) {
      if (isCalledOffWithin(POLL) || Instant.now().isAfter(deadline)) {
        return false;
      }
    }
    return true;
  }

  private boolean isCalledOff() {
    return calledOff.getCount() == 0;
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
