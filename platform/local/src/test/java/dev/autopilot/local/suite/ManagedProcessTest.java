package dev.autopilot.local.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.autopilot.embedded.Child;
import dev.autopilot.embedded.ProcessIdentity;
import dev.autopilot.embedded.StopSignal;
import dev.autopilot.local.config.Refusal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagedProcessTest {
  @TempDir Path folder;
  private final Queue<String> heard = new ConcurrentLinkedQueue<>();
  private final Queue<ManagedProcess> started = new ConcurrentLinkedQueue<>();

  @AfterEach
  void stopAll() {
    started.forEach(ManagedProcess::stop);
  }

  @Test
  void aKilledProcessIsStartedAgainAndBothAreTold() {
    ManagedProcess process = start(cancelled -> run("while :; do sleep 0.1; done"));
    ProcessIdentity first = process.identity().orElseThrow();

    first.find().orElseThrow().destroyForcibly();

    await().until(() -> process.restarts() == 1 && process.state() == ManagedProcess.State.RUNNING);
    assertThat(process.identity().orElseThrow()).isNotEqualTo(first);
    assertThat(heard).containsExactly("died with 137", "recovered");
  }

  @Test
  void oneThatKeepsDyingIsWaitedForLongerEachTime() {
    ManagedProcess process = start(cancelled -> run("exit 3"));
    await().until(() -> process.restarts() >= 3);
    assertThat(heard).contains("died with 3");
  }

  @Test
  void aFailedRestartIsTriedAgain() {
    var attempts = new AtomicInteger();
    ManagedProcess process =
        start(cancelled -> {
          if (attempts.incrementAndGet() == 2) {
            throw new Refusal("not just now");
          }
          return run("while :; do sleep 0.1; done");
        });
    process.identity().flatMap(ProcessIdentity::find).orElseThrow().destroyForcibly();

    await().until(() -> process.restarts() == 2 && process.state() == ManagedProcess.State.RUNNING);
    assertThat(heard).containsExactly("died with 137", "still down: not just now", "recovered");
  }

  @Test
  void notEvenAnErrorEndsSupervision() {
    var attempts = new AtomicInteger();
    ManagedProcess process =
        start(cancelled -> {
          if (attempts.incrementAndGet() == 2) {
            throw new OutOfMemoryError("just now");
          }
          return run("while :; do sleep 0.1; done");
        });
    process.identity().flatMap(ProcessIdentity::find).orElseThrow().destroyForcibly();

    await().until(() -> process.restarts() == 2 && process.state() == ManagedProcess.State.RUNNING);
    assertThat(heard).containsExactly("died with 137", "still down: just now", "recovered");
  }

  @Test
  void aFirstStartThatFailsIsNotTriedAgain() {
    var attempts = new AtomicInteger();
    var process =
        process(cancelled -> {
          attempts.incrementAndGet();
          throw new Refusal("wrong setting");
        });
    assertThatThrownBy(process::start).hasMessage("wrong setting");
    assertThat(attempts).hasValue(1);
    assertThat(heard).isEmpty();
  }

  @Test
  void aStoppedProcessStaysStopped() {
    ManagedProcess process = start(cancelled -> run("while :; do sleep 0.1; done"));
    ProcessIdentity identity = process.identity().orElseThrow();

    process.stop();

    assertThat(identity.isAlive()).isFalse();
    assertThat(process.state()).isEqualTo(ManagedProcess.State.STOPPED);
    assertThat(heard).isEmpty();
  }

  @Test
  void canBeStoppedWhileItWaitsToStartAgain() {
    var process =
        new ManagedProcess(
            "patient",
            cancelled -> run("exit 1"),
            new Backoff(Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1)),
            listener());
    process.start();
    await().until(() -> process.state() == ManagedProcess.State.RESTARTING && !heard.isEmpty());
    process.stop();
    assertThat(process.state()).isEqualTo(ManagedProcess.State.STOPPED);
    assertThat(process.restarts()).isZero();
  }

  @Test
  void theWaitDoublesUpToItsLongestAndBeginsAnewAfterAGoodRun() {
    var backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofMinutes(1));
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    Instant soon = start.plusSeconds(5);
    assertThat(backoff.after(start, soon)).isEqualTo(Duration.ofSeconds(1));
    assertThat(backoff.after(start, soon)).isEqualTo(Duration.ofSeconds(2));
    assertThat(backoff.after(start, soon)).isEqualTo(Duration.ofSeconds(3));
    assertThat(backoff.after(start, soon)).isEqualTo(Duration.ofSeconds(3));
    assertThat(backoff.after(start, start.plusSeconds(60))).isEqualTo(Duration.ofSeconds(1));
  }

  private ManagedProcess start(Launcher launcher) {
    ManagedProcess process = process(launcher);
    process.start();
    return process;
  }

  private ManagedProcess process(Launcher launcher) {
    var quick = new Backoff(Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofMinutes(1));
    var process = new ManagedProcess("worker", launcher, quick, listener());
    started.add(process);
    return process;
  }

  private Launcher.Running run(String script) {
    Child child =
        Child.start(
            new Child.Command(
                List.of("sh", "-c", script),
                System.getenv(),
                folder,
                folder.resolve("log"),
                StopSignal.TERM,
                Duration.ofSeconds(2)));
    return new Launcher.Running(child, child::stop);
  }

  private ManagedProcess.Listener listener() {
    return new ManagedProcess.Listener() {
      @Override
      public void died(ManagedProcess process, int exitCode, Duration wait) {
        heard.add("died with " + exitCode);
      }

      @Override
      public void recovered(ManagedProcess process, Duration took) {
        heard.add("recovered");
      }

      @Override
      public void stillDown(ManagedProcess process, String why, Duration wait) {
        heard.add("still down: " + why);
      }
    };
  }
}
