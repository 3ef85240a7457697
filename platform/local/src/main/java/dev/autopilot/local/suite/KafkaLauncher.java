package dev.autopilot.local.suite;

import dev.autopilot.embedded.EmbeddedKafka;
import dev.autopilot.embedded.ServerFailure;
import dev.autopilot.local.config.Layout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Starts the built-in Kafka, with its start-up cache when there is one. */
record KafkaLauncher(Layout layout, Path folder, int port) implements Launcher {
  @Override
  public Running launch(BooleanSupplier cancelled) {
    AotCache cache = AotCache.ofKafka(layout);
    var options = new ArrayList<>(EmbeddedKafka.usualJvmOptions());
    options.addAll(cache.use());
    try {
      var server =
          EmbeddedKafka.in(folder).port(port).log(layout.log("kafka")).jvmOptions(options).start();
      return new Running(server.child(), server::close);
    } catch (ServerFailure e) {
      // The next start goes without the cache, lest that was why.
      cache.discard();
      throw e;
    }
  }

  /**
   * A second one, empty, that records for the cache and leaves nothing else behind.
   *
   * @param runBy a command that runs the JVM's
   */
  record Recording(Layout layout, List<String> runBy) implements Launcher {
    @Override
    public Running launch(BooleanSupplier cancelled) {
      Path scratch = layout.aot().resolve("training");
      var options = new ArrayList<>(EmbeddedKafka.usualJvmOptions());
      options.addAll(AotCache.ofKafka(layout).record());
      try {
        var server =
            EmbeddedKafka.in(scratch)
                .log(layout.log("training"))
                .runBy(runBy)
                .timeout(Duration.ofMinutes(15))
                .jvmOptions(options)
                .start();
        return new Running(
            server.child(),
            () -> {
              server.close();
              delete(scratch);
            });
      } catch (RuntimeException e) {
        delete(scratch);
        throw e;
      }
    }

    private static void delete(Path tree) {
      try (Stream<Path> paths = Files.walk(tree)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
