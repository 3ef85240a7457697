package dev.autopilot.local.command;

import dev.autopilot.embedded.Child;
import dev.autopilot.local.config.Layout;
import dev.autopilot.local.config.Refusal;
import dev.autopilot.local.suite.RunState;
import dev.autopilot.local.suite.RunStateFile;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A runner of its own, in a session of its own, that goes on when this terminal is closed. */
final class BackgroundRun {
  static final String FLAG = "--in-background";
  private static final Duration POLL = Duration.ofMillis(100);

  private final Layout layout;
  private final PrintStream out;

  BackgroundRun(Layout layout, PrintStream out) {
    this.layout = layout;
    this.out = out;
  }

  /**
   * Returns when the suite is ready, 0, or has failed to start, 1. What it tells is shown
   * meanwhile.
   */
  int start(int port) throws InterruptedException {
    var line = new ArrayList<>(Child.ownSession());
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.autopilot.local.Main"));
    line.addAll(List.of("up", FLAG, "--port", Integer.toString(port)));
    var log = new FollowedLog(layout.runnerLog());
    Process runner = launch(line);
    var giveUp = new Thread(runner::destroy, "give up");
    Runtime.getRuntime().addShutdownHook(giveUp);
    while (runner.isAlive() && !isReady(runner.pid())) {
      log.print(out);
      Thread.sleep(POLL);
    }
    log.print(out);
    Runtime.getRuntime().removeShutdownHook(giveUp);
    if (!runner.isAlive()) {
      return 1;
    }
    out.println("  it runs in the background; ./autopilot down stops it");
    return 0;
  }

  private Process launch(List<String> line) {
    try {
      Files.createDirectories(layout.logs());
      return new ProcessBuilder(line)
          .directory(layout.root().toFile())
          .redirectInput(new File("/dev/null"))
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.appendTo(layout.runnerLog().toFile()))
          .start();
    } catch (IOException e) {
      throw new Refusal("The runner can't be started: " + e.getMessage(), e);
    }
  }

  private boolean isReady(long pid) {
    return new RunStateFile(layout)
        .read()
        .filter(state -> state.runner().pid() == pid)
        .filter(state -> state.phase() == RunState.Phase.READY)
        .isPresent();
  }
}
