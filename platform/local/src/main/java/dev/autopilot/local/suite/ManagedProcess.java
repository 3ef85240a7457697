package dev.autopilot.local.suite;

import dev.autopilot.embedded.ProcessIdentity;
import dev.autopilot.local.config.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One process and its supervision: started once by {@link #start}, and from then on started again
 * with growing waits whenever it dies, until {@link #stop}.
 */
final class ManagedProcess {
  /** Hears of what happens after the first start. It must not throw: supervision goes on. */
  interface Listener {
    /** It ended by itself and is started again after the wait. */
    void died(ManagedProcess process, int exitCode, Duration wait);

    /** It was started again and is ready. */
    void recovered(ManagedProcess process, Duration took);

    /** Starting it again failed; another attempt follows after the wait. */
    void stillDown(ManagedProcess process, String why, Duration wait);
  }

  /** Where it is between start and end. */
  enum State {
    STARTING,
    RUNNING,
    RESTARTING,
    STOPPED
  }

  private final String name;
  private final Launcher launcher;
  private final Backoff backoff;
  private final Listener listener;
  private final CountDownLatch stopping = new CountDownLatch(1);

  private volatile State state = State.STARTING;
  private final AtomicInteger restarts = new AtomicInteger();
  private volatile Launcher.@Nullable Running running;
  private volatile @Nullable Thread supervisor;

  ManagedProcess(String name, Launcher launcher, Backoff backoff, Listener listener) {
    this.name = name;
    this.launcher = launcher;
    this.backoff = backoff;
    this.listener = listener;
  }

  String name() {
    return name;
  }

  State state() {
    return state;
  }

  /** How often it was started again. */
  int restarts() {
    return restarts.get();
  }

  Optional<ProcessIdentity> identity() {
    return Optional.ofNullable(running).map(it -> it.child().identity());
  }

  /**
   * Starts it for the first time and returns when it is ready. A failure here is the caller's to
   * tell, not a reason to try again: what doesn't start once is configured wrongly.
   */
  void start() {
    Instant began = Instant.now();
    Launcher.Running first = launcher.launch(this::isStopping);
    running = first;
    if (isStopping()) {
      first.stop().run();
      throw new Refusal(name + " was stopped while it started.");
    }
    state = State.RUNNING;
    supervisor =
        Thread.ofVirtual().name("supervisor of " + name).start(() -> supervise(first, began));
  }

  /**
   * Lets a start that is under way give up. What runs goes on until {@link #stop}, but isn't
   * started again.
   */
  void callOff() {
    stopping.countDown();
  }

  /** Ends it in an orderly way. Returns when it is gone; idempotent. */
  void stop() {
    stopping.countDown();
    Launcher.Running current = running;
    if (current != null) {
      current.stop().run();
    }
    Thread watching = supervisor;
    if (watching != null) {
      join(watching);
    }
    state = State.STOPPED;
  }

  private void supervise(Launcher.Running first, Instant began) {
    Launcher.Running current = first;
    Instant since = began;
    while (true) {
      int exitCode = current.child().onExit().join();
      if (isStopping()) {
        return;
      }
      state = State.RESTARTING;
      current.stop().run();
      Duration wait = backoff.after(since, Instant.now());
      listener.died(this, exitCode, wait);
      Optional<Launcher.Running> again = startAgain(wait);
      if (again.isEmpty()) {
        return;
      }
      current = again.get();
      since = Instant.now();
    }
  }

  /** Tries until it runs; empty when it is to be stopped instead. */
  private Optional<Launcher.Running> startAgain(Duration firstWait) {
    Duration wait = firstWait;
    while (!stopsWithin(wait)) {
      Instant began = Instant.now();
      Launcher.Running again;
      try {
        restarts.incrementAndGet();
        again = launcher.launch(this::isStopping);
      } catch (RuntimeException | Error e) {
        if (isStopping()) {
          return Optional.empty();
        }
        wait = backoff.after(began, Instant.now());
        listener.stillDown(this, String.valueOf(e.getMessage()), wait);
        continue;
      }
      running = again;
      if (isStopping()) {
        // stop() may have looked before this one was there.
        again.stop().run();
        return Optional.empty();
      }
      state = State.RUNNING;
      listener.recovered(this, Duration.between(began, Instant.now()));
      return Optional.of(again);
    }
    return Optional.empty();
  }

  private boolean isStopping() {
    return stopping.getCount() == 0;
  }

  private boolean stopsWithin(Duration wait) {
    try {
      return stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
