package dev.autopilot.local.command;

import dev.autopilot.local.build.Build;
import dev.autopilot.local.build.Scope;
import dev.autopilot.local.config.KafkaServers;
import dev.autopilot.local.config.Layout;
import dev.autopilot.local.config.Refusal;
import dev.autopilot.local.config.Settings;
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
 * {@code demo}, {@code bench}, {@code faults} and {@code dead-letters}: programs of the e2e module,
 * run as a client of the suite or beside it.
 */
public final class ExerciseCommand implements Command {
  private static final String PROGRAMS = "dev.autopilot.e2e.";

  /** What a program needs before it is run. */
  private enum Needs {
    /** A suite that runs; one is started unless it does. Its address is the first argument. */
    SUITE,
    /** The suite's jars, to start one of its own. */
    JARS,
    /** The address of a Kafka; it is the first argument. */
    KAFKA,
    /** Nothing that isn't there already. */
    NOTHING
  }

  private final Layout layout;
  private final PrintStream out;
  private final String program;
  private final Needs needs;

  private ExerciseCommand(Layout layout, PrintStream out, String program, Needs needs) {
    this.layout = layout;
    this.out = out;
    this.program = program;
    this.needs = needs;
  }

  /**
   * The narrated journey. Starts the suite in the background unless it runs, and leaves it running.
   */
  public static Command demo(Layout layout, PrintStream out) {
    return new ExerciseCommand(layout, out, PROGRAMS + "Demo", Needs.SUITE);
  }

  /** A measurement; what it needs it starts itself, apart from a suite that may be running. */
  public static Command bench(Layout layout, PrintStream out) {
    return new ExerciseCommand(layout, out, PROGRAMS + "bench.Bench", Needs.JARS);
  }

  /** Size, time to ready and idle memory of the native binaries, which are there. */
  static Command measureBinaries(Layout layout, PrintStream out) {
    return new ExerciseCommand(layout, out, PROGRAMS + "bench.Binaries", Needs.NOTHING);
  }

  /** Processes are killed; those of a suite of its own, not of one that may be running. */
  public static Command faults(Layout layout, PrintStream out) {
    return new ExerciseCommand(layout, out, PROGRAMS + "faults.Faults", Needs.JARS);
  }

  /** What services could not take in: listed, and sent to them again. */
  public static Command deadLetters(Layout layout, PrintStream out) {
    return new ExerciseCommand(layout, out, PROGRAMS + "letters.DeadLetters", Needs.KAFKA);
  }

  @Override
  public int run(Arguments arguments) throws InterruptedException {
    var given = new ArrayList<>(arguments.all());
    var build = new Build(layout.root(), layout.log("build"), out);
    switch (needs) {
      case SUITE -> {
        if (running().isEmpty()) {
          int exit = new UpCommand(layout, out).run(new Arguments(List.of("--detach")));
          if (exit != 0) {
            return exit;
          }
        }
        given.addFirst(
            running()
                .map(RunState::url)
                .orElseThrow(() -> new Refusal("The suite ended before it could be used.")));
      }
      case JARS -> {
        if (running().isEmpty()) {
          build.bringUpToDate(Scope.SUITE);
        }
      }
      case KAFKA -> given.addFirst(kafka());
      case NOTHING -> {}
    }
    build.bringUpToDate(Scope.EXERCISES);
    return launch(given);
  }

  /** The running suite's, or the one that is configured. */
  private String kafka() {
    return running()
        .map(RunState::kafka)
        .or(() -> Settings.read(layout).kafka().map(KafkaServers::list))
        .orElseThrow(() ->
            new Refusal(
                "Nothing runs here: ./autopilot up starts it; or set KAFKA_BOOTSTRAP_SERVERS."));
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
      // Kafka's clients log to nobody here, which is nothing to be told of.
      line.add("-Dslf4j.internal.verbosity=ERROR");
      line.add("-Dautopilot.root=" + layout.root());
      line.add("-Dautopilot.aot=" + layout.aot());
      line.addAll(List.of("-cp", target.resolve("classes") + File.pathSeparator + libraries));
      line.add(program);
      line.addAll(arguments);
      var builder = new ProcessBuilder(line).directory(layout.root().toFile()).inheritIO();
      if (needs == Needs.KAFKA) {
        // How to sign in to it may stand in .env.
        builder.environment().putAll(Settings.read(layout).variables());
      }
      return builder.start().waitFor();
    } catch (IOException e) {
      throw new Refusal("%s can't be run: %s".formatted(program, e.getMessage()), e);
    }
  }
}
