package dev.autopilot.local.command;

import dev.autopilot.local.build.Build;
import dev.autopilot.local.build.Scope;
import dev.autopilot.local.config.Layout;
import dev.autopilot.local.config.Refusal;
import dev.autopilot.local.config.Settings;
import dev.autopilot.local.suite.Form;
import dev.autopilot.local.suite.Leftovers;
import dev.autopilot.local.suite.Report;
import dev.autopilot.local.suite.RunState;
import dev.autopilot.local.suite.RunStateFile;
import dev.autopilot.local.suite.Suite;
import dev.autopilot.local.suite.SuiteLock;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** {@code up}: builds what changed and runs the suite, in this terminal or in the background. */
public final class UpCommand implements Command {
  static final int USUAL_PORT = 8080;

  private final Layout layout;
  private final PrintStream out;

  public UpCommand(Layout layout, PrintStream out) {
    this.layout = layout;
    this.out = out;
  }

  @Override
  public int run(Arguments arguments) throws InterruptedException {
    int port = arguments.number("--port", USUAL_PORT);
    boolean detach = arguments.flag("--detach", "-d");
    boolean fresh = arguments.flag("--fresh");
    boolean inBackground = arguments.flag(BackgroundRun.FLAG);
    arguments.refuseRest();

    Optional<SuiteLock> lock = SuiteLock.tryTake(layout);
    if (lock.isEmpty()) {
      return sayItRuns(fresh);
    }
    if (inBackground) {
      // Whoever started it follows its log, and has no Ctrl-C for it.
      return runHere(lock.get(), port, "", new PrintStream(OutputStream.nullOutputStream(), false));
    }
    Settings.read(layout);
    new Build(layout.root(), layout.log("build"), out).bringUpToDate(Scope.SUITE);
    if (fresh) {
      // Servers that outlived a killed runner would go on writing into what is deleted.
      Leftovers.of(new RunStateFile(layout)).end(new Report(out, layout.runnerLog()));
      throwDataAway();
    }
    keepOneOldLog();
    if (detach) {
      lock.get().close();
      return new BackgroundRun(layout, out).start(port);
    }
    return runHere(lock.get(), port, "  Ctrl-C or ./autopilot down stops it", out);
  }

  private int runHere(SuiteLock lock, int port, String hint, PrintStream terminal)
      throws InterruptedException {
    var report = new Report(terminal, layout.runnerLog());
    try {
      var suite = new Suite(layout, Settings.read(layout), port, Form.JARS, report);
      // Ctrl-C, a signal, and a failed start all end here.
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(suite, lock), "stop"));
      try {
        suite.start();
        suite.prepareNextStart();
      } catch (RuntimeException e) {
        if (!suite.isStopping()) {
          throw e;
        }
      }
      if (!suite.isStopping() && !hint.isEmpty()) {
        report.say(hint);
      }
      new CountDownLatch(1).await();
      return 0;
    } catch (RuntimeException e) {
      report.say(String.valueOf(e.getMessage()));
      return 1;
    }
  }

  private static void stop(Suite suite, SuiteLock lock) {
    suite.stop();
    lock.close();
  }

  private int sayItRuns(boolean fresh) {
    Optional<RunState> state = new RunStateFile(layout).read().filter(RunState::isRunning);
    if (fresh) {
      throw new Refusal(
          "--fresh would delete the data of a running suite; run ./autopilot down first.");
    }
    out.println(
        state
            .map(it ->
                "Autopilot is already running at %s (process %d); ./autopilot down stops it."
                    .formatted(it.url(), it.runner().pid()))
            .orElse("Another ./autopilot is building or starting it at this moment."));
    return state.isPresent() ? 0 : 1;
  }

  private void throwDataAway() {
    if (!Files.exists(layout.data())) {
      return;
    }
    out.printf("  deleting %s: the database, the events, the files%n", layout.data());
    try (Stream<Path> paths = Files.walk(layout.data())) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new Refusal("%s can't be deleted: %s".formatted(layout.data(), e), e);
    }
  }

  /** Each run begins its logs anew; those of the run before are kept beside them. */
  private void keepOneOldLog() {
    if (!Files.isDirectory(layout.logs())) {
      return;
    }
    try (Stream<Path> logs = Files.list(layout.logs())) {
      for (Path log : logs.filter(it -> it.toString().endsWith(".log")).toList()) {
        if (!log.getFileName().toString().equals("build.log")) {
          Files.move(
              log,
              log.resolveSibling(log.getFileName() + ".1"),
              StandardCopyOption.REPLACE_EXISTING);
        }
      }
    } catch (IOException e) {
      throw new Refusal("%s can't be tidied: %s".formatted(layout.logs(), e.getMessage()), e);
    }
  }
}
