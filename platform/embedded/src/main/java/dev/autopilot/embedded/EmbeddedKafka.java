package dev.autopilot.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A real Apache Kafka broker (KRaft, one node that is its own controller), a child of this process,
 * on 127.0.0.1 only.
 *
 * <p>Topics come into being when they are first used, with six partitions, and keep seven days;
 * whoever wants another shape (a compacted topic) creates it beforehand. The folder is kept;
 * starting in it again continues with its data.
 */
public final class EmbeddedKafka implements AutoCloseable {
  private final Child child;
  private final DataFolder data;
  private final int port;

  EmbeddedKafka(Child child, DataFolder data, int port) {
    this.child = child;
    this.data = data;
    this.port = port;
  }

  public static Builder in(Path folder) {
    return new Builder(folder);
  }

  /**
   * Looks at a data folder without starting anything.
   *
   * @throws ServerFailure with one sentence when a start in it would be refused
   */
  public static void check(Path folder) {
    KafkaNode.refuseIncomplete(folder.resolve(KafkaNode.FOLDER));
  }

  /** A small heap and a quick start. */
  public static List<String> usualJvmOptions() {
    return List.of(
        "-Xmx256m",
        // By default a third of the heap: all of it is touched before the first collection.
        "-Xmn16m",
        "-XX:+UseSerialGC",
        "-XX:+UseCompactObjectHeaders",
        "-XX:TieredStopAtLevel=1",
        "-Xss512k");
  }

  /** What the broker's class path consists of. */
  public static List<Path> jars() {
    return Stream.of(BuildFacts.kafkaClassPath().split(File.pathSeparator, -1))
        .map(Path::of)
        .toList();
  }

  public int port() {
    return port;
  }

  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  public Child child() {
    return child;
  }

  @Override
  public void close() {
    child.stop();
    data.close();
  }

  /** How to start it. */
  public static final class Builder {
    private final Path folder;
    private Path log;
    private int port;
    private List<String> jvmOptions = usualJvmOptions();
    private List<String> prefix = List.of();
    private Duration timeout = Duration.ofSeconds(90);

    private Builder(Path folder) {
      this.folder = folder.toAbsolutePath().normalize();
      this.log = this.folder.resolve("kafka.log");
    }

    /** A given port instead of a free one. */
    public Builder port(int port) {
      this.port = port;
      return this;
    }

    /** Where its log goes; {@code kafka.log} in the data folder unless told. */
    public Builder log(Path log) {
      this.log = log.toAbsolutePath();
      return this;
    }

    /** Options of the broker's JVM instead of the usual ones. */
    public Builder jvmOptions(List<String> options) {
      this.jvmOptions = List.copyOf(options);
      return this;
    }

    /** A command that runs the broker's: {@code nice}, say. */
    public Builder runBy(List<String> prefix) {
      this.prefix = List.copyOf(prefix);
      return this;
    }

    public Builder timeout(Duration timeout) {
      this.timeout = timeout;
      return this;
    }

    /**
     * Starts it and returns when it answers a request.
     *
     * @throws ServerFailure with one sentence why not
     */
    public EmbeddedKafka start() {
      var data = DataFolder.open(folder, "Kafka");
      try {
        data.reap(StopSignal.TERM);
        var node = new KafkaNode(data, prefix, jvmOptions, log);
        node.prepare();
        int attempts = port == 0 ? 3 : 1;
        for (int attempt = 1; ; attempt++) {
          int chosen = port == 0 ? Ports.free() : port;
          try {
            Child child = node.launch(chosen);
            node.awaitReady(child, chosen, timeout);
            return new EmbeddedKafka(child, data, chosen);
          } catch (PortTaken e) {
            if (attempt == attempts) {
              throw new ServerFailure("Port %d, meant for Kafka, is taken.".formatted(chosen));
            }
          }
        }
      } catch (IOException e) {
        data.close();
        throw new ServerFailure(
            "Kafka can't be started in %s: %s".formatted(folder, e.getMessage()), e);
      } catch (RuntimeException e) {
        data.close();
        throw e;
      }
    }
  }
}
