package dev.autopilot.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** npm's tus-js-client in a process of its own; what it does is in {@code src/test/js}. */
record TusClient(Path folder, URI endpoint, String token) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PATIENCE_SECONDS = 180;

  /** A run of the client: what it told, and how it ended. */
  record Run(List<JsonNode> told, int exitCode) {
    List<JsonNode> events(String name) {
      return told.stream().filter(event -> event.path("event").asText().equals(name)).toList();
    }

    List<JsonNode> answers(String method) {
      return events("answer").stream()
          .filter(answer -> answer.path("method").asText().equals(method))
          .toList();
    }
  }

  /** Skips the test where there is no Node; the suite itself needs none. */
  static void requireNode() {
    assumeTrue(
        isOnPath("node") && isOnPath("npm"), "node and npm aren't installed on this machine");
  }

  private static boolean isOnPath(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** As the lock file says, beside what else the build makes. */
  static TusClient installed(URI endpoint, String token) throws IOException, InterruptedException {
    Path source = Home.checkout().resolve("e2e/src/test/js");
    Path folder = Files.createDirectories(Home.target().resolve("js"));
    for (String name : List.of("package.json", "package-lock.json", ".npmrc", "upload.mjs")) {
      Files.copy(source.resolve(name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
    TusClient client = new TusClient(folder, endpoint, token);
    if (!Files.exists(folder.resolve("node_modules/tus-js-client"))) {
      Path log = folder.resolve("npm.log");
      int exitCode = client.run(List.of("npm", "ci"), log);
      assertThat(exitCode).as("npm ci: " + Files.readString(log)).isZero();
    }
    return client;
  }

  Run upload(Path file, Path store, String... options) throws IOException, InterruptedException {
    List<String> line =
        new ArrayList<>(
            List.of("node", "upload.mjs", endpoint.toString(), file.toString(), store.toString()));
    line.addAll(List.of(options));
    Path log = Files.createTempFile(folder, "upload-", ".log");
    int exitCode = run(line, log);
    List<JsonNode> told = new ArrayList<>();
    for (String event : Files.readAllLines(log)) {
      told.add(event.startsWith("{") ? JSON.readTree(event) : JSON.valueToTree(event));
    }
    return new Run(told, exitCode);
  }

  private int run(List<String> line, Path log) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("TOKEN", token);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
          .as("%s takes too long, see %s", line, log)
          .isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }
}
