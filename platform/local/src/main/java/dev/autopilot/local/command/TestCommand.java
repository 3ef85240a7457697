package dev.autopilot.local.command;

import dev.autopilot.local.build.BuildLock;
import dev.autopilot.local.build.GraalVm;
import dev.autopilot.local.build.Maven;
import dev.autopilot.local.build.MavenProgress;
import dev.autopilot.local.build.NativeBuild;
import dev.autopilot.local.config.Layout;
import dev.autopilot.local.config.Refusal;
import dev.autopilot.local.suite.SuiteLock;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code test}: every test of every module, to the end even when some fail, and their counts in the
 * last line. {@code test --native}: the tests through the whole suite, on native binaries, and what
 * each binary takes.
 */
public final class TestCommand implements Command {
  private final Layout layout;
  private final PrintStream out;

  public TestCommand(Layout layout, PrintStream out) {
    this.layout = layout;
    this.out = out;
  }

  @Override
  public int run(Arguments arguments) throws InterruptedException {
    boolean binaries = arguments.flag("--native");
    if (SuiteLock.tryTake(layout).map(TestCommand::giveBack).isEmpty()) {
      throw new Refusal(
          "The tests build anew what the running suite consists of; run ./autopilot down first.");
    }
    return binaries ? testBinaries(arguments.all()) : test(arguments.all());
  }

  /** An image that builds and answers its health may misbehave all the same: so, the journeys. */
  private int testBinaries(List<String> given) throws InterruptedException {
    List<String> options = GraalVm.options(given, System.getenv());
    new NativeBuild(layout.root(), layout.log("native"), out).bringUpToDate(options);
    var more = new ArrayList<>(options);
    more.addAll(
        List.of(
            "-Dautopilot.native=true",
            "-pl",
            "e2e",
            "-am",
            "-Dtest=dev/autopilot/e2e/**",
            "-Dsurefire.failIfNoSpecifiedTests=false"));
    int exit = test(more);
    return exit == 0
        ? ExerciseCommand.measureBinaries(layout, out).run(new Arguments(List.of()))
        : exit;
  }

  private int test(List<String> options) {
    try (var _ = BuildLock.take(layout.root(), out)) {
      return testLocked(options);
    }
  }

  private int testLocked(List<String> options) {
    var goals = new ArrayList<>(List.of("verify", "-fae", "-Dmaven.test.failure.ignore=true"));
    goals.addAll(options);
    Path log = layout.log("test");
    Instant began = Instant.now();
    var progress = new MavenProgress("testing", out);
    int exit = new Maven(layout.root(), log).run(goals, progress);
    progress.end();
    TestReports reports = TestReports.since(began, layout.root());
    reports.failures().forEach(failure -> out.println("  FAILED " + failure));
    if (exit != 0) {
      progress.complaints().forEach(complaint -> out.println("  " + complaint));
    }
    if (exit != 0 || reports.failed() > 0) {
      out.println("  everything Maven said is in " + log);
    }
    out.println(reports.summary());
    return exit == 0 && reports.failed() == 0 && reports.passed() > 0 ? 0 : 1;
  }

  private static boolean giveBack(SuiteLock lock) {
    lock.close();
    return true;
  }
}
