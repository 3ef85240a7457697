package dev.autopilot.local.build;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The project's own Maven, run with the JDK that runs this. */
public final class Maven {
  private final Path root;
  private final Path log;

  /** Runs in {@code root}; everything it says goes to {@code log}. */
  public Maven(Path root, Path log) {
    this.root = root;
    this.log = log;
  }

  /** Runs the goals, lets {@code listener} hear each line, and gives the exit code. */
  public int run(List<String> arguments, Consumer<String> listener) {
    var line = new ArrayList<>(List.of("sh", root.resolve("mvnw").toString(), "-B", "-ntp"));
    line.addAll(arguments);
    var builder = new ProcessBuilder(line).directory(root.toFile()).redirectErrorStream(true);
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    try {
      Files.createDirectories(log.resolve("..").normalize());
      Process process = builder.start();
      try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
          Writer copy = Files.newBufferedWriter(log)) {
        for (var next = said.readLine(); next != null; next = said.readLine()) {
          copy.write(next);
          copy.write('\n');
          listener.accept(next);
        }
      }
      return process.waitFor();
    } catch (IOException e) {
      throw new BuildFailure("Maven can't be run: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BuildFailure("The build was interrupted.", e);
    }
  }
}
