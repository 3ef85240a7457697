package dev.autopilot.local.command;

import dev.autopilot.local.build.Build;
import dev.autopilot.local.build.Scope;
import dev.autopilot.local.config.Layout;
import dev.autopilot.local.config.Refusal;
import dev.autopilot.local.suite.RunState;
import dev.autopilot.local.suite.RunStateFile;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code demo} and {@code bench}: programs of the e2e module, run as a client of the suite or
 * beside it.
 */
public final class ExerciseCommand implements Command {
  private static final String PROGRAMS = "dev.autopilot.e2e.";

  private final Layout layout;
  private final PrintStream out;
  private final String program;
  private final boolean needsSuite;

  private ExerciseCommand(Layout layout, PrintStream out, String program, boolean needsSuite) {
    this.layout = layout;
    this.out = out;
    this.program = program;
    this.needsSuite = needsSuite;
  }

  /**
   * The narrated journey. Starts the suite in the background unless it runs, and leaves it running.
   */
  public static Command demo(Layout layout, PrintStream out) {
    return new ExerciseCommand(layout, out, PROGRAMS + "Demo", true);
  }

  /** A measurement; what it needs it starts itself, apart from a suite that may be running. */
  public static Command bench(Layout layout, PrintStream out) {
    return new ExerciseCommand(layout, out, PROGRAMS + "bench.Bench", false);
  }

  @Override
  public int run(Arguments arguments) throws InterruptedException {
    var given = new ArrayList<>(arguments.all());
    var build = new Build(layout.root(), layout.log("build"), out);
    if (running().isEmpty()) {
      if (needsSuite) {
        int exit = new UpCommand(layout, out).run(new Arguments(List.of("--detach")));
        if (exit != 0) {
          return exit;
        }
      } else {
        build.bringUpToDate(Scope.SUITE);
      }
    }
    build.bringUpToDate(Scope.EXERCISES);
    if (needsSuite) {
      given.addFirst(
          running()
              .map(RunState::url)
              .orElseThrow(() -> new Refusal("The suite ended before it could be used.")));
    }
    return launch(given);
  }

  private Optional<RunState> running() {
    return new RunStateFile(layout).read().filter(RunState::isRunning);
  }

  private int launch(List<String> arguments) throws InterruptedException {
    Path target = layout.root().resolve("e2e/target");
    try {
      String libraries = Files.readString(target.resolve("classpath")).strip();
      var line = new ArrayList<String>();
      line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      line.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
      line.add("-Dautopilot.root=" + layout.root());
      line.addAll(List.of("-cp", target.resolve("classes") + File.pathSeparator + libraries));
      line.add(program);
      line.addAll(arguments);
      var builder = new ProcessBuilder(line).directory(layout.root().toFile()).inheritIO();
      return builder.start().waitFor();
    } catch (IOException e) {
      throw new Refusal("%s can't be run: %s".formatted(program, e.getMessage()), e);
    }
  }
}
