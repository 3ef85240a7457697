package dev.autopilot.local.command;

import dev.autopilot.embedded.Ports;
import dev.autopilot.embedded.ProcessIdentity;
import dev.autopilot.local.config.Layout;
import dev.autopilot.local.suite.Health;
import dev.autopilot.local.suite.ProcessMemory;
import dev.autopilot.local.suite.RunState;
import dev.autopilot.local.suite.RunStateFile;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code status}: a line a process; exit code 0 when all are ready, 3 when nothing runs, otherwise
 * 1.
 */
public final class StatusCommand implements Command {
  private static final int NOT_RUNNING = 3;
  private static final String ROW = "  %-12s %-11s %8s %6s %9s %8s %9s %9s%n";

  private final Layout layout;
  private final PrintStream out;

  public StatusCommand(Layout layout, PrintStream out) {
    this.layout = layout;
    this.out = out;
  }

  /** A row of the table. */
  private record Line(RunState.Member member, String state, Optional<ProcessMemory> memory) {}

  @Override
  public int run(Arguments arguments) {
    arguments.refuseRest();
    Optional<RunState> found = new RunStateFile(layout).read();
    if (found.filter(RunState::isRunning).isEmpty()) {
      List<RunState.Member> leftovers = found.map(RunState::leftovers).orElse(List.of());
      out.println(
          leftovers.isEmpty()
              ? "Autopilot isn't running."
              : "The runner was killed and left %s running; ./autopilot down ends them."
                  .formatted(
                      String.join(", ", leftovers.stream().map(RunState.Member::name).toList())));
      return NOT_RUNNING;
    }
    RunState state = found.get();
    List<Line> lines = state.members().parallelStream().map(StatusCommand::look).toList();
    out.printf(ROW, "service", "state", "pid", "port", "uptime", "restarts", "RSS", "PSS");
    lines.forEach(this::print);
    printSum(lines);
    boolean ready =
        state.phase() == RunState.Phase.READY
            && lines.stream().allMatch(line -> line.state().equals("ready"));
    out.printf(
        "%n  %s   %s for %s%n",
        state.url(),
        ready ? "ready" : state.phase().name().toLowerCase(Locale.ROOT) + ", not all ready",
        span(Duration.between(state.startedAt(), Instant.now())));
    return ready ? 0 : 1;
  }

  private static Line look(RunState.Member member) {
    Optional<ProcessHandle> process = member.process().flatMap(ProcessIdentity::find);
    if (process.isEmpty()) {
      return new Line(member, member.state().toLowerCase(Locale.ROOT), Optional.empty());
    }
    boolean ready =
        member.managementPort() == 0
            ? Ports.isListening("127.0.0.1", member.port())
            : Health.isReady(member.managementPort());
    return new Line(member, ready ? "ready" : "not ready", process.map(ProcessMemory::of));
  }

  private void print(Line line) {
    RunState.Member member = line.member();
    out.printf(
        ROW,
        member.name(),
        line.state(),
        member.process().map(it -> Long.toString(it.pid())).orElse("-"),
        member.port(),
        member
            .process()
            .filter(it -> line.memory().isPresent())
            .map(it -> span(Duration.between(it.startedAt(), Instant.now())))
            .orElse("-"),
        member.restarts(),
        line.memory().map(it -> megabytes(it.residentKilobytes())).orElse("-"),
        line.memory().map(StatusCommand::proportional).orElse("-"));
  }

  private void printSum(List<Line> lines) {
    long resident =
        lines.stream()
            .flatMap(line -> line.memory().stream())
            .mapToLong(ProcessMemory::residentKilobytes)
            .sum();
    long proportional =
        lines.stream()
            .flatMap(line -> line.memory().stream())
            .mapToLong(it -> it.proportionalKilobytes().orElse(0))
            .sum();
    out.printf(
        ROW,
        "together",
        "",
        "",
        "",
        "",
        "",
        megabytes(resident),
        proportional == 0 ? "-" : megabytes(proportional));
  }

  private static String proportional(ProcessMemory memory) {
    return memory.proportionalKilobytes().isPresent()
        ? megabytes(memory.proportionalKilobytes().getAsLong())
        : "-";
  }

  private static String megabytes(long kilobytes) {
    return "%d MB".formatted(kilobytes / 1024);
  }

  private static String span(Duration duration) {
    if (duration.toHours() > 0) {
      return "%d h %d min".formatted(duration.toHours(), duration.toMinutesPart());
    }
    return duration.toMinutes() > 0
        ? "%d min %d s".formatted(duration.toMinutes(), duration.toSecondsPart())
        : "%d s".formatted(duration.toSeconds());
  }
}
