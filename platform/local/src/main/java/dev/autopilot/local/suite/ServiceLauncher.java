package dev.autopilot.local.suite;

import dev.autopilot.embedded.Child;
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
  private static final Duration GRACE = Duration.ofSeconds(15);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int LINES_OF_LOG = 8;

  private final Deployable deployable;
  private final Map<String, String> environment;
  private final int managementPort;
  private final Layout layout;
  private final Duration patience;

  /** {@code patience} is how long it may take to be ready. */
  ServiceLauncher(
      Deployable deployable,
      Map<String, String> environment,
      int managementPort,
      Layout layout,
      Duration patience) {
    this.deployable = deployable;
    this.environment = Map.copyOf(environment);
    this.managementPort = managementPort;
    this.layout = layout;
    this.patience = patience;
  }

  @Override
  public Running launch(BooleanSupplier cancelled) {
    Path log = layout.log(deployable.id());
    AotCache cache = AotCache.of(deployable, layout);
    Child child =
        Child.start(
            new Child.Command(
                deployable.commandLine(layout, cache.use()),
                environment,
                workingFolder(),
                log,
                StopSignal.TERM,
                GRACE));
    Instant deadline = Instant.now().plus(patience);
    while (!Health.isReady(managementPort)) {
      if (cancelled.getAsBoolean()) {
        child.stop();
        throw new Refusal(deployable.id() + " was stopped while it started.");
      }
      if (!child.isAlive()) {
        int exitCode = child.onExit().join();
        cache.discard();
        throw new Refusal(
            "%s ended with exit code %d before it was ready; %s ends with:%n%s"
                .formatted(deployable.id(), exitCode, log, lastLines(log)));
      }
      if (Instant.now().isAfter(deadline)) {
        child.stop();
        throw new Refusal(
            "%s was not ready within %d s; %s ends with:%n%s"
                .formatted(deployable.id(), patience.toSeconds(), log, lastLines(log)));
      }
      pause();
    }
    return new Running(child, child::stop);
  }

  /** Files that a service writes by a relative path land beside the other data. */
  private Path workingFolder() {
    try {
      return Files.createDirectories(layout.data().resolve(deployable.id()));
    } catch (IOException e) {
      throw new Refusal("%s can't be made: %s".formatted(layout.data(), e.getMessage()), e);
    }
  }

  private static String lastLines(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      return "    "
          + String.join(
              "\n    ", lines.subList(Math.max(0, lines.size() - LINES_OF_LOG), lines.size()));
    } catch (IOException e) {
      return "";
    }
  }

  private static void pause() {
    try {
      Thread.sleep(POLL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal("The start was interrupted.", e);
    }
  }
}
