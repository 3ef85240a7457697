package dev.autopilot.embedded;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** The files of one Kafka node: made, and put to work. */
final class KafkaNode {
  static final String FOLDER = "log";
  private static final Duration GRACE = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final int TIMEOUT_MILLIS = 2_000;
  private static final short API_VERSIONS = 18;

  private final DataFolder data;
  private final List<String> prefix;
  private final List<String> jvmOptions;
  private final Path log;
  private LogTail said;

  KafkaNode(DataFolder data, List<String> prefix, List<String> jvmOptions, Path log) {
    this.data = data;
    this.prefix = prefix;
    this.jvmOptions = jvmOptions;
    this.log = log;
    this.said = LogTail.startingAtEndOf(log);
  }

  /** Formats the log folder unless that has been done. */
  void prepare() throws IOException {
    refuseMissingJars();
    refuseIncomplete(data.prepare(FOLDER, this::format));
  }

  /** Refuses a log folder that is there but was never formatted. */
  static void refuseIncomplete(Path formatted) {
    if (Files.exists(formatted) && !Files.exists(formatted.resolve("meta.properties"))) {
      throw new ServerFailure(
          "Kafka's data folder %s is incomplete; restore it, or start with --fresh, which throws all data away."
              .formatted(formatted));
    }
  }

  Child launch(int port) throws IOException, PortTaken {
    if (!Ports.isFree(port)) {
      throw new PortTaken(port);
    }
    said = LogTail.startingAtEndOf(log);
    Path properties = writeProperties(data.resolve(FOLDER), port, Ports.free());
    Child child =
        Child.start(
            new Child.Command(
                broker(properties), System.getenv(), data.path(), log, StopSignal.TERM, GRACE));
    data.remember(child.identity());
    return child;
  }

  /** Returns when the broker answers a request, or ends it and says why it never will. */
  void awaitReady(Child child, int port, Duration timeout) throws PortTaken {
    Instant deadline = Instant.now().plus(timeout);
    while (!answers(port)) {
      if (said.contains("Address already in use")) {
        child.stop();
        throw new PortTaken(port);
      }
      if (!child.isAlive() || Instant.now().isAfter(deadline)) {
        child.stop();
        throw failure();
      }
      pause(child);
    }
  }

  /**
   * Asks which requests the broker understands (ApiVersions, version 0), the first thing every
   * client does. Spoken by hand, so that nobody inherits a clients library of a certain version
   * from here.
   */
  private static boolean answers(int port) {
    try (var socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      int correlation = 1;
      // size, api key, api version, correlation id, no client id
      ByteBuffer request = ByteBuffer.allocate(14).putInt(10).putShort(API_VERSIONS);
      request.putShort((short) 0).putInt(correlation).putShort((short) -1);
      new DataOutputStream(socket.getOutputStream()).write(request.array());
      var in = new DataInputStream(socket.getInputStream());
      in.readInt();
      return in.readInt() == correlation && in.readShort() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private void format(Path fresh) throws IOException {
    Path properties = writeProperties(fresh, Ports.free(), Ports.free());
    List<String> line =
        java(
            EmbeddedKafka.usualJvmOptions(),
            "kafka.tools.StorageTool",
            "format",
            "--cluster-id=" + clusterId(), // with "=", since one in 64 begins with a dash
            "--config",
            properties.toString());
    var process =
        new ProcessBuilder(line)
            .directory(data.path().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    try {
      if (!process.waitFor(2, TimeUnit.MINUTES)) {
        process.destroyForcibly();
      }
      if (process.waitFor() != 0) {
        throw failure();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new ServerFailure("Kafka's first start was interrupted.", e);
    }
  }

  private Path writeProperties(Path logs, int port, int controllerPort) throws IOException {
    try (InputStream template = KafkaNode.class.getResourceAsStream("server.properties")) {
      if (template == null) {
        throw new IllegalStateException("server.properties is missing from the jar");
      }
      String addresses =
          """

          listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
          advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
          controller.quorum.voters=1@127.0.0.1:%2$d
          log.dirs=%3$s
          """
              .formatted(port, controllerPort, escaped(logs.toString()));
      String text = new String(template.readAllBytes(), StandardCharsets.UTF_8) + addresses;
      return Files.writeString(data.resolve("server.properties"), text);
    }
  }

  private List<String> broker(Path properties) {
    var line = new ArrayList<>(prefix);
    line.addAll(java(jvmOptions, "kafka.Kafka", properties.toString()));
    return line;
  }

  private static List<String> java(List<String> options, String mainClass, String... arguments) {
    var line = new ArrayList<String>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(options);
    line.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            "-Dorg.slf4j.simpleLogger.showDateTime=true",
            "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
            "-cp",
            BuildFacts.kafkaClassPath(),
            mainClass));
    line.addAll(List.of(arguments));
    return line;
  }

  private ServerFailure failure() {
    if (said.contains("No space left on device")) {
      return new ServerFailure("The disk is full: Kafka can't write to %s.".formatted(data.path()));
    }
    return new ServerFailure(
        "Kafka did not start; %s ends with: %s".formatted(said.file(), said.lastLines(3)));
  }

  private static void refuseMissingJars() {
    for (String jar : BuildFacts.kafkaClassPath().split(File.pathSeparator, -1)) {
      if (!Files.exists(Path.of(jar))) {
        throw new ServerFailure(
            "Kafka's %s is gone from the local Maven repository; build platform/embedded again."
                .formatted(jar));
      }
    }
  }

  /** A UUID in the URL-safe form that Kafka names clusters by. */
  private static String clusterId() {
    var random = new SecureRandom();
    var uuid = new UUID(random.nextLong(), random.nextLong());
    ByteBuffer bytes = ByteBuffer.allocate(16);
    bytes.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /** As a value of a properties file, which Kafka reads as ISO 8859-1. */
  static String escaped(String path) {
    var text = new StringBuilder();
    path.chars()
        .forEach(c -> {
          if (c == '\\') {
            text.append("\\\\");
          } else if (c < 0x80) {
            text.append((char) c);
          } else {
            text.append("\\u%04x".formatted(c));
          }
        });
    return text.toString();
  }

  private static void pause(Child child) {
    try {
      Thread.sleep(POLL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      child.stop();
      throw new ServerFailure("The start of Kafka was interrupted.", e);
    }
  }
}
