package dev.autopilot.local.build;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What makes binaries of jars: a GraalVM or Mandrel of this machine, or a container engine. */
public final class GraalVm {
  private static final String HOME = "-Dquarkus.native.graalvm-home=";
  private static final String CONTAINER = "-Dquarkus.native.container-build=true";

  private GraalVm() {}

  /**
   * The options for Maven: those that were given, and where native-image is unless they say.
   *
   * @throws BuildFailure in one sentence when there is none
   */
  public static List<String> options(List<String> given, Map<String, String> environment) {
    if (given.contains(CONTAINER)) {
      return given;
    }
    Optional<String> named =
        given.stream()
            .filter(it -> it.startsWith(HOME))
            .map(it -> it.substring(HOME.length()))
            .findFirst();
    if (named.isPresent()) {
      require(Path.of(named.get()));
      return given;
    }
    Path home =
        candidates(environment).stream()
            .filter(GraalVm::hasNativeImage)
            .findFirst()
            .orElseThrow(() ->
                new BuildFailure(
                    "Binaries are built by native-image, and none was found: set GRAALVM_HOME to a"
                        + " GraalVM or Mandrel of JDK 25, or add "
                        + CONTAINER
                        + " where Docker or Podman is at hand."));
    var options = new ArrayList<>(given);
    options.add(HOME + home);
    return List.copyOf(options);
  }

  private static List<Path> candidates(Map<String, String> environment) {
    var homes = new ArrayList<Path>();
    String named = environment.getOrDefault("GRAALVM_HOME", "");
    if (!named.isBlank()) {
      require(Path.of(named));
      homes.add(Path.of(named));
    }
    homes.add(Path.of(System.getProperty("java.home")));
    for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      if (folder.endsWith("bin")) {
        homes.add(Path.of(folder).resolve("..").normalize());
      }
    }
    return homes;
  }

  /** What is named wrongly is said, not passed over. */
  private static void require(Path home) {
    if (!hasNativeImage(home)) {
      throw new BuildFailure(
          "%s has no bin/native-image; GRAALVM_HOME is to name a GraalVM or Mandrel of JDK 25."
              .formatted(home));
    }
  }

  private static boolean hasNativeImage(Path home) {
    return Files.isExecutable(home.resolve("bin/native-image"));
  }
}
