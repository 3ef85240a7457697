package dev.autopilot.testkit;

import dev.autopilot.embedded.EmbeddedKafka;
import dev.autopilot.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** The servers from their Maven artifacts, for machines without a container engine. */
final class EmbeddedServers {
  private EmbeddedServers() {}

  /** Their logs stay in the folder; their data goes when they do. */
  static Servers start(Path folder) {
    Path data = folder.resolve("data");
    var kafkaStarting =
        CompletableFuture.supplyAsync(
            () -> EmbeddedKafka.in(data.resolve("kafka")).log(folder.resolve("kafka.log")).start());
    EmbeddedPostgres postgres =
        EmbeddedPostgres.in(data.resolve("postgres"))
            .log(folder.resolve("postgres.log"))
            .volatileData()
            .start();
    EmbeddedKafka kafka = kafkaStarting.join();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  kafka.child().requestStop();
                  postgres.close();
                  kafka.close();
                  delete(data);
                },
                "stop-servers"));
    return new Servers(
        "127.0.0.1:" + postgres.port(),
        "postgres",
        postgres.username(),
        postgres.password(),
        kafka.bootstrapServers());
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
