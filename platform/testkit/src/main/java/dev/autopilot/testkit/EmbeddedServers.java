package dev.autopilot.testkit;

import dev.autopilot.embedded.EmbeddedKafka;
import dev.autopilot.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** The servers from their Maven artifacts, for machines without a container engine. */
final class EmbeddedServers {
  private EmbeddedServers() {}

  static Servers start() {
    try {
      Path target = Files.createDirectories(Path.of("target"));
      Path folder = Files.createTempDirectory(target, "servers-");
      var kafkaStarting =
          CompletableFuture.supplyAsync(() -> EmbeddedKafka.in(folder.resolve("kafka")).start());
      EmbeddedPostgres postgres =
          EmbeddedPostgres.in(folder.resolve("postgres")).volatileData().start();
      EmbeddedKafka kafka = kafkaStarting.join();
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    kafka.close();
                    postgres.close();
                  },
                  "stop-servers"));
      return new Servers(
          postgres.jdbcUrl("postgres"),
          postgres.username(),
          postgres.password(),
          kafka.bootstrapServers());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
