package dev.autopilot.e2e.bench;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Programs of the system that a benchmark runs. */
final class Programs {
  private static final List<String> ALSO = List.of("/usr/sbin", "/usr/local/sbin");

  private Programs() {}

  /** What {@code PATH} must be for them: some stand where only administrators look. */
  static String path() {
    return System.getenv().getOrDefault("PATH", "/usr/bin:/bin")
        + File.pathSeparator
        + String.join(File.pathSeparator, ALSO);
  }

  /**
   * @param from the package of Debian that has it
   * @throws IOException says which package is missing
   */
  static void require(String program, String from) throws IOException {
    boolean there =
        Stream.of(path().split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    if (!there) {
      throw new IOException(program + " is missing; it is in Debian's package " + from + ".");
    }
  }

  /** What a program says; it must end well. */
  static String output(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(command.getFirst() + " failed: " + said);
    }
    return said;
  }
}
