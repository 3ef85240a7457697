package dev.autopilot.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was built of a deployable: a jar, and perhaps a native executable.
 *
 * @param module the deployable's folder
 */
public record Built(String module) {
  /** How to start what is to be tried: the executable, or the JVM with these options. */
  public List<String> command(List<String> jvmOptions) {
    return Home.isOfBinaries() ? List.of(runner().toString()) : jar(jvmOptions);
  }

  /** How to start it on the JVM with these options. */
  public List<String> jar(List<String> jvmOptions) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.add("-jar");
    command.add(target().resolve("quarkus-app/quarkus-run.jar").toString());
    return List.copyOf(command);
  }

  /** The native executable, if one has been built. */
  public Optional<Path> executable() {
    return Optional.of(runner()).filter(Files::isExecutable);
  }

  private Path runner() {
    return target().resolve(module + "-runner");
  }

  private Path target() {
    return Home.checkout().resolve(module).resolve("target");
  }
}
