package dev.autopilot.embedded;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A child process that lives no longer than this one.
 *
 * <p>Its standard input is a lifeline: closing it is how {@link #stop} asks for an orderly end, and
 * the operating system closes it when this process dies in whatever way. One path for both, held by
 * a few lines of shell ({@code lifeline.sh}) that then {@code exec} the command, so that the pid
 * and the exit code are the command's own. Where possible the child leads a session of its own:
 * Ctrl-C in a terminal reaches only the parent, which stops its children in order.
 */
public final class Child {
  private static final Duration KILL_MARGIN = Duration.ofSeconds(3);
  private static final String LIFELINE = resource("lifeline.sh");

  /**
   * What to run.
   *
   * @param arguments the program and its arguments
   * @param environment the whole environment
   * @param directory where it runs
   * @param log where both its outputs are appended
   * @param signal what asks it to end
   * @param grace how long it may take to end before it is killed
   */
  public record Command(
      List<String> arguments,
      Map<String, String> environment,
      Path directory,
      Path log,
      StopSignal signal,
      Duration grace) {
    public Command {
      arguments = List.copyOf(arguments);
      environment = Map.copyOf(environment);
    }
  }

  private final Process process;
  private final ProcessIdentity identity;
  private final Duration grace;

  private Child(Process process, Duration grace) {
    this.process = process;
    this.identity = ProcessIdentity.of(process.toHandle());
    this.grace = grace;
  }

  public static Child start(Command command) {
    var line = new ArrayList<String>(ownSession());
    line.addAll(List.of("sh", "-c", LIFELINE, "lifeline"));
    line.add(command.signal().name());
    line.add(Long.toString(Math.max(1, command.grace().toSeconds())));
    line.addAll(command.arguments());
    var builder = new ProcessBuilder(line).directory(command.directory().toFile());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(command.log().toFile()));
    builder.environment().clear();
    builder.environment().putAll(command.environment());
    try {
      return new Child(builder.start(), command.grace());
    } catch (IOException e) {
      throw new ServerFailure(
          "%s can't be started: %s".formatted(command.arguments().getFirst(), e.getMessage()), e);
    }
  }

  public ProcessIdentity identity() {
    return identity;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Completes with the exit code. */
  public CompletableFuture<Integer> onExit() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /** Asks for an orderly end and returns at once. */
  public void requestStop() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // The other end is gone already.
      process.destroy();
    }
  }

  /** Ends it in an orderly way, by force once its grace is over. Returns when it is gone. */
  public void stop() {
    requestStop();
    try {
      if (!process.waitFor(grace.plus(KILL_MARGIN).toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /**
   * What is put before a command to give it a session of its own, out of reach of the terminal's
   * signals: util-linux and busybox have a program for it, macOS has perl.
   */
  public static List<String> ownSession() {
    if (isOnPath("setsid")) {
      return List.of("setsid");
    }
    return isOnPath("perl")
        ? List.of("perl", "-MPOSIX", "-e", "POSIX::setsid(); exec @ARGV")
        : List.of();
  }

  private static boolean isOnPath(String program) {
    for (String folder :
        System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(File.pathSeparator, -1)) {
      if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }

  private static String resource(String name) {
    try (InputStream in = Child.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
