package dev.autopilot.events.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkerTest {
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(5);

  private final AtomicInteger rounds = new AtomicInteger();

  @Test
  void itBeginsAtOnceAndGoesOnWhenItIsWoken() {
    try (Worker worker = Worker.start("test", LONG, rounds::incrementAndGet)) {
      await().until(() -> rounds.get() == 1);
      worker.wake();
      await().until(() -> rounds.get() == 2);
    }
  }

  @Test
  void itGoesOnByItselfAfterTheInterval() {
    try (Worker _ = Worker.start("test", SHORT, rounds::incrementAndGet)) {
      await().until(() -> rounds.get() >= 3);
    }
  }

  @Test
  void aWakeDuringARoundMakesAnotherOne() throws InterruptedException {
    Semaphore begun = new Semaphore(0);
    Semaphore mayEnd = new Semaphore(0);
    try (Worker worker =
        Worker.start(
            "test",
            LONG,
            () -> {
              begun.release();
              mayEnd.acquire();
              rounds.incrementAndGet();
            })) {
      begun.acquire();
      worker.wake();
      worker.wake();
      mayEnd.release(3);
      await().until(() -> rounds.get() == 2);
    }
    assertThat(rounds).hasValue(2);
  }

  @Test
  void aFailureEndsNothing() {
    assertGoesOnAfter(() -> {
      throw new IllegalStateException("not yet");
    });
  }

  @Test
  void norDoesARoundThatAsksTooMuchOfTheMachine() {
    assertGoesOnAfter(() -> {
      throw new StackOverflowError("too deep");
    });
  }

  private void assertGoesOnAfter(Worker.Round failing) {
    try (Worker _ =
        Worker.start(
            "test",
            SHORT,
            () -> {
              if (rounds.incrementAndGet() < 3) {
                failing.run();
              }
            })) {
      await().until(() -> rounds.get() >= 4);
    }
  }

  @Test
  void closingWaitsForTheRoundThatIsRunning() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch allowed = new CountDownLatch(1);
    Worker worker =
        Worker.start(
            "test",
            LONG,
            () -> {
              begun.countDown();
              allowed.await();
              rounds.incrementAndGet();
            });
    begun.await();
    Thread closing = Thread.ofPlatform().start(worker::close);
    await().until(() -> waits(closing));
    allowed.countDown();
    closing.join();
    assertThat(rounds).hasValue(1);
    worker.wake();
    assertThat(rounds).hasValue(1);
  }

  @Test
  void theFirstRoundMayBeginLaterAndNotLaterThanTheInterval() {
    try (Worker _ = Worker.startWithin(Duration.ofMillis(50), "test", rounds::incrementAndGet)) {
      await().until(() -> rounds.get() > 0);
    }
  }

  private static boolean waits(Thread thread) {
    return switch (thread.getState()) {
      case WAITING, TIMED_WAITING -> true;
      case NEW, RUNNABLE, BLOCKED, TERMINATED -> false;
    };
  }
}
