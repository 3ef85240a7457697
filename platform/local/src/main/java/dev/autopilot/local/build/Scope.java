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
    return switch (this) {
      case RUNNER -> isRunner(module);
      case SUITE -> isRunner(module) || isDeployable(module);
      case EXERCISES -> isExercises(module);
    };
  }

  /** Whether it is one of the seven. */
  static boolean isDeployable(Reactor.Module module) {
    return module.path().getNameCount() == 1 && !isExercises(module);
  }

  private static boolean isExercises(Reactor.Module module) {
    return module.path().equals(Path.of("e2e"));
  }

  private static boolean isRunner(Reactor.Module module) {
    return module.artifactId().equals("autopilot-local");
  }
}
