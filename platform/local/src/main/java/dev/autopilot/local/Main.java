package dev.autopilot.local;

import dev.autopilot.embedded.ServerFailure;
import dev.autopilot.local.build.BuildFailure;
import dev.autopilot.local.command.Arguments;
import dev.autopilot.local.command.Command;
import dev.autopilot.local.command.DoctorCommand;
import dev.autopilot.local.command.DownCommand;
import dev.autopilot.local.command.ExerciseCommand;
import dev.autopilot.local.command.LogsCommand;
import dev.autopilot.local.command.StatusCommand;
import dev.autopilot.local.command.TestCommand;
import dev.autopilot.local.command.UpCommand;
import dev.autopilot.local.command.WrongUsage;
import dev.autopilot.local.config.Layout;
import dev.autopilot.local.config.Refusal;
import java.io.PrintStream;
import java.util.List;

/** The entry: finds the command, and turns what can't be done into one sentence. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) throws InterruptedException {
    System.exit(run(List.of(arguments), Layout.ofSystemProperties(), System.out, System.err));
  }

  static int run(List<String> arguments, Layout layout, PrintStream out, PrintStream err)
      throws InterruptedException {
    String name = arguments.isEmpty() ? "" : arguments.getFirst();
    try {
      Command command =
          switch (name) {
            case "up" -> new UpCommand(layout, out);
            case "down" -> new DownCommand(layout, out);
            case "status" -> new StatusCommand(layout, out);
            case "logs" -> new LogsCommand(layout, out);
            case "test" -> new TestCommand(layout, out);
            case "demo" -> ExerciseCommand.demo(layout, out);
            case "bench" -> ExerciseCommand.bench(layout, out);
            case "faults" -> ExerciseCommand.faults(layout, out);
            case "dead-letters" -> ExerciseCommand.deadLetters(layout, out);
            case "doctor" -> new DoctorCommand(layout, out);
            case "--version" -> ignored -> version(out);
            default ->
                throw new WrongUsage(
                    "There is no command \"%s\"; ./autopilot help lists them.".formatted(name));
          };
      return command.run(new Arguments(arguments.subList(1, arguments.size())));
    } catch (WrongUsage e) {
      err.println(e.getMessage());
      return 2;
    } catch (Refusal | ServerFailure | BuildFailure e) {
      err.println(e.getMessage());
      return 1;
    }
  }

  private static int version(PrintStream out) {
    String version = Main.class.getPackage().getImplementationVersion();
    out.println("Autopilot " + (version == null ? "of this checkout" : version));
    return 0;
  }
}
