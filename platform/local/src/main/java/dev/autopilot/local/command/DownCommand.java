package dev.autopilot.local.command;

import dev.autopilot.embedded.ProcessIdentity;
import dev.autopilot.local.config.Layout;
import dev.autopilot.local.suite.Leftovers;
import dev.autopilot.local.suite.Report;
import dev.autopilot.local.suite.RunState;
import dev.autopilot.local.suite.RunStateFile;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** {@code down}: asks the runner to stop everything and waits until it has. */
public final class DownCommand implements Command {
  private static final Duration PATIENCE = Duration.ofSeconds(100);
  private static final Duration POLL = Duration.ofMillis(100);

  private final Layout layout;
  private final PrintStream out;

  public DownCommand(Layout layout, PrintStream out) {
    this.layout = layout;
    this.out = out;
  }

  @Override
  public int run(Arguments arguments) throws InterruptedException {
    arguments.refuseRest();
    var file = new RunStateFile(layout);
    Optional<ProcessIdentity> runner =
        file.read().map(RunState::runner).filter(ProcessIdentity::isAlive);
    if (runner.isEmpty()) {
      Leftovers leftovers = Leftovers.of(file);
      leftovers.end(new Report(out, layout.runnerLog()));
      file.delete();
      out.println(leftovers.names().isEmpty() ? "Autopilot isn't running." : "  stopped");
      return 0;
    }
    var log = new FollowedLog(layout.runnerLog());
    Instant deadline = Instant.now().plus(PATIENCE);
    runner.get().find().ifPresent(ProcessHandle::destroy);
    while (runner.get().isAlive()) {
      log.print(out);
      if (Instant.now().isAfter(deadline)) {
        // Its children's watchdogs do the rest.
        runner.get().find().ifPresent(ProcessHandle::destroyForcibly);
        out.println("  the runner did not end in time and was killed");
        return 1;
      }
      Thread.sleep(POLL);
    }
    log.print(out);
    return file.read().map(RunState::leftovers).filter(left -> !left.isEmpty()).isPresent() ? 1 : 0;
  }
}
