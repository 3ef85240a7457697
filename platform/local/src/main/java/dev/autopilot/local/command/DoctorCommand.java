package dev.autopilot.local.command;

import com.sun.management.OperatingSystemMXBean;
import dev.autopilot.embedded.EmbeddedKafka;
import dev.autopilot.embedded.EmbeddedPostgres;
import dev.autopilot.embedded.Ports;
import dev.autopilot.embedded.ServerFailure;
import dev.autopilot.local.config.KafkaServers;
import dev.autopilot.local.config.Layout;
import dev.autopilot.local.config.Refusal;
import dev.autopilot.local.config.Settings;
import dev.autopilot.local.suite.Leftovers;
import dev.autopilot.local.suite.Provisioning;
import dev.autopilot.local.suite.RunState;
import dev.autopilot.local.suite.RunStateFile;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code doctor}: looks at everything that could stand in the way, and says each in a sentence. */
public final class DoctorCommand implements Command {
  private static final long NEEDED_MEMORY = 3L << 30;
  private static final long NEEDED_DISK = 2L << 30;
  private static final long MEGABYTE = 1L << 20;

  private final Layout layout;
  private final PrintStream out;

  public DoctorCommand(Layout layout, PrintStream out) {
    this.layout = layout;
    this.out = out;
  }

  /** Gives a sentence about what is well, or throws one about what isn't. */
  private interface Check {
    String look();
  }

  @Override
  public int run(Arguments arguments) {
    int port = arguments.number("--port", UpCommand.USUAL_PORT);
    arguments.refuseRest();
    List<Check> checks =
        List.of(
            DoctorCommand::jdk,
            DoctorCommand::memory,
            this::disk,
            () -> port(port),
            this::configuration,
            this::postgres,
            this::kafka,
            this::leftovers);
    long wrong = checks.stream().filter(check -> !isWell(check)).count();
    out.println(wrong == 0 ? "\n  nothing stands in the way" : "\n  " + wrong + " to put right");
    return wrong == 0 ? 0 : 1;
  }

  private boolean isWell(Check check) {
    try {
      out.println("  ok     " + check.look());
      return true;
    } catch (Refusal | ServerFailure e) {
      out.println("  wrong  " + e.getMessage());
      return false;
    }
  }

  private static String jdk() {
    return "JDK %s in %s".formatted(Runtime.version(), System.getProperty("java.home"));
  }

  private static String memory() {
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long total = system.getTotalMemorySize();
    if (total < NEEDED_MEMORY) {
      throw new Refusal(
          "The machine has %d MB of memory, and the suite needs about %d MB."
              .formatted(total / MEGABYTE, NEEDED_MEMORY / MEGABYTE));
    }
    return "memory: %d MB".formatted(total / MEGABYTE);
  }

  private String disk() {
    try {
      Path present = nearestPresent(layout.home());
      long free = Files.getFileStore(present).getUsableSpace();
      if (free < NEEDED_DISK) {
        throw new Refusal(
            "%d MB are free on the disk of %s, and build and data need about %d MB."
                .formatted(free / MEGABYTE, present, NEEDED_DISK / MEGABYTE));
      }
      return "disk: %d MB free".formatted(free / MEGABYTE);
    } catch (IOException e) {
      throw new Refusal("%s can't be looked at: %s".formatted(layout.home(), e.getMessage()), e);
    }
  }

  /** What isn't there yet will lie on the disk of the folder that it is made in. */
  private static Path nearestPresent(Path path) {
    Path present = path;
    while (!Files.exists(present) && present.getParent() != null) {
      present = present.getParent();
    }
    return present;
  }

  private String port(int port) {
    if (isRunning()) {
      return "port: the suite is running";
    }
    if (!Ports.isFree(port)) {
      throw new Refusal(
          "Port %d is taken by another program; use ./autopilot up --port %d."
              .formatted(port, Ports.free()));
    }
    return "port %d is free".formatted(port);
  }

  private String configuration() {
    Settings settings = Settings.read(layout);
    settings.database().ifPresent(Provisioning::check);
    settings.kafka().ifPresent(KafkaServers::requireAnswer);
    return "configuration: %s, PostgreSQL %s, Kafka %s"
        .formatted(
            settings.production() ? "production" : "development",
            settings.database().map(Object::toString).orElse("built in"),
            settings.kafka().map(Object::toString).orElse("built in"));
  }

  private String postgres() {
    EmbeddedPostgres.check(layout.data().resolve("postgres"));
    return "PostgreSQL's data folder is sound, or not there yet";
  }

  private String kafka() {
    EmbeddedKafka.check(layout.data().resolve("kafka"));
    return "Kafka's data folder is sound, or not there yet";
  }

  private String leftovers() {
    List<String> names = Leftovers.of(new RunStateFile(layout)).names();
    if (!names.isEmpty()) {
      throw new Refusal(
          "A killed run left %s behind; ./autopilot down ends them, and so does the next up."
              .formatted(String.join(", ", names)));
    }
    return "no leftover processes";
  }

  private boolean isRunning() {
    return new RunStateFile(layout).read().filter(RunState::isRunning).isPresent();
  }
}
