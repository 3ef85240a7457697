package dev.autopilot.local.suite;

import dev.autopilot.embedded.Child;
import dev.autopilot.embedded.LogTail;
import dev.autopilot.embedded.StopSignal;
import dev.autopilot.local.config.Layout;
import dev.autopilot.local.config.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Starts one of the seven and waits until it answers that it is ready. */
final class ServiceLauncher implements Launcher {
  private static final int LINES_OF_LOG = 8;

  private final Deployable deployable;
  private final Program program;
  private final Map<String, String> environment;
  private final Layout layout;
  private final Path log;
  private final Pace pace;

  /**
   * How long things may take.
   *
   * @param start to be ready
   * @param poll between two questions whether it is
   * @param end to end in an orderly way
   */
  record Pace(Duration start, Duration poll, Duration end) {}

  /** {@code environment} says where it listens. */
  ServiceLauncher(
      Deployable deployable,
      Program program,
      Map<String, String> environment,
      Layout layout,
      Path log,
      Pace pace) {
    this.deployable = deployable;
    this.program = program;
    this.environment = Map.copyOf(environment);
    this.layout = layout;
    this.log = log;
    this.pace = pace;
  }

  @Override
  public Running launch(BooleanSupplier cancelled) {
    Child child =
        Child.start(
            new Child.Command(
                program.commandLine(),
                environment,
                workingFolder(),
                log,
                StopSignal.TERM,
                pace.end()));
    try {
      awaitReady(child, cancelled);
      return new Running(child, child::stop);
    } catch (RuntimeException e) {
      child.stop();
      throw e;
    }
  }

  private void awaitReady(Child child, BooleanSupplier cancelled) {
    Instant deadline = Instant.now().plus(pace.start());
    while (!Health.isReady(Addresses.managementPort(environment))) {
      if (cancelled.getAsBoolean()) {
        throw new Refusal(deployable.id() + " was stopped while it started.");
      }
      if (!child.isAlive()) {
        program.failed();
        throw new Refusal(
            "%s ended with exit code %d before it was ready; %s ends with:%n%s"
                .formatted(deployable.id(), child.onExit().join(), log, lastLines()));
      }
      if (Instant.now().isAfter(deadline)) {
        throw new Refusal(
            "%s was not ready within %d s; %s ends with:%n%s"
                .formatted(deployable.id(), pace.start().toSeconds(), log, lastLines()));
      }
      pause();
    }
  }

  /** Files that a service writes by a relative path land beside the other data. */
  private Path workingFolder() {
    try {
      return Files.createDirectories(layout.data().resolve(deployable.id()));
    } catch (IOException e) {
      throw new Refusal("%s can't be made: %s".formatted(layout.data(), e.getMessage()), e);
    }
  }

  private String lastLines() {
    List<String> lines = LogTail.of(log).lines();
    return "    "
        + String.join(
            "\n    ", lines.subList(Math.max(0, lines.size() - LINES_OF_LOG), lines.size()));
  }

  private void pause() {
    try {
      Thread.sleep(pace.poll());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal("The start was interrupted.", e);
    }
  }
}
