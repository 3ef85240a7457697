package dev.autopilot.local.build;

import java.nio.file.Path;

/** How much has to be built. */
public enum Scope {
  /** The runner alone, for commands that look at or end what is there. */
  RUNNER,
  /** The runner and the seven deployables. */
  SUITE,
  /** What exercises the suite from outside: journeys, benchmarks. */
  EXERCISES;

  /** What a command of {@code ./autopilot} needs. */
  public static Scope of(String command) {
    return switch (command) {
      case "up", "demo", "bench", "faults" -> SUITE;
      default -> RUNNER;
    };
  }

  boolean includes(Reactor.Module module) {
    boolean exercises = module.path().equals(Path.of("e2e"));
    return switch (this) {
      case RUNNER -> isRunner(module);
      case SUITE -> isRunner(module) || (module.path().getNameCount() == 1 && !exercises);
      case EXERCISES -> exercises;
    };
  }

  private static boolean isRunner(Reactor.Module module) {
    return module.artifactId().equals("autopilot-local");
  }
}
