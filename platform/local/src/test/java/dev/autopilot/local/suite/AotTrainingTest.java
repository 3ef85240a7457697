package dev.autopilot.local.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.autopilot.embedded.Ports;
import dev.autopilot.local.config.Layout;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real JVMs: a service of a few lines in auth's place, and Kafka itself. */
class AotTrainingTest {
  private static final String SERVICE =
      """
      import com.sun.net.httpserver.HttpServer;
      import java.net.InetAddress;
      import java.net.InetSocketAddress;

      public class Service {
        public static void main(String[] arguments) throws Exception {
          int port = Integer.parseInt(System.getenv("QUARKUS_MANAGEMENT_PORT"));
          var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
          server.createContext("/q/health/ready", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
          });
          server.start();
        }
      }
      """;
  private static final ServiceLauncher.Pace PACE =
      new ServiceLauncher.Pace(
          Duration.ofMinutes(2), Duration.ofMillis(20), Duration.ofSeconds(10));

  @TempDir Path folder;
  private Layout layout;
  private AotTraining training;

  @BeforeEach
  void build() throws IOException {
    layout = new Layout(folder.resolve("root"), folder.resolve("home"));
    training = new AotTraining(layout);
    Files.createDirectories(layout.logs());
    jar(Deployable.AUTH.jar(layout));
  }

  @AfterEach
  void callOff() {
    training.callOff();
  }

  @Test
  void aServiceThatWasTrainedStartsFromItsCache() throws Exception {
    train(
        new AotTraining.Trainee(
            auth(),
            launcher(new Program.Recording(Deployable.AUTH, layout, List.of()), "training")));

    assertThat(auth().isThere()).isTrue();
    assertThat(linesOfAStartThatInsistsOnTheCache()).isEmpty();
  }

  @Test
  void kafkaIsTrainedAsWellAndLeavesOnlyItsCache() throws Exception {
    train(
        new AotTraining.Trainee(
            AotCache.ofKafka(layout), new KafkaLauncher.Recording(layout, List.of())));

    assertThat(AotCache.ofKafka(layout).isThere()).isTrue();
    try (Stream<Path> left = Files.list(layout.aot())) {
      assertThat(left).hasSize(1);
    }
    var kafka = new KafkaLauncher(layout, layout.data().resolve("kafka"), Ports.free());
    Launcher.Running running = kafka.launch(() -> false);
    running.stop().run();
    // A start that fails with its cache throws it away.
    assertThat(AotCache.ofKafka(layout).isThere()).isTrue();
  }

  @Test
  void calledOffItLeavesNothingBehind() throws Exception {
    var launched = new CountDownLatch(1);
    Launcher recording =
        launcher(new Program.Recording(Deployable.AUTH, layout, List.of()), "training");
    training.begin(
        List.of(
            new AotTraining.Trainee(
                auth(),
                cancelled -> {
                  Launcher.Running running = recording.launch(cancelled);
                  launched.countDown();
                  return running;
                })),
        () -> {});
    launched.await();

    training.callOff();

    // The shell that guards its process group kills whatever it began.
    await().until(() -> ProcessHandle.current().descendants().noneMatch(this::isOurs));
  }

  private boolean isOurs(ProcessHandle process) {
    return process.isAlive() && process.info().commandLine().orElse("").contains(folder.toString());
  }

  private void train(AotTraining.Trainee trainee) throws InterruptedException {
    var done = new CountDownLatch(1);
    new AotTraining(layout).begin(List.of(trainee), done::countDown);
    assertThat(done.await(3, TimeUnit.MINUTES)).as("trained; see %s", layout.logs()).isTrue();
  }

  /** {@code AOTMode=on} makes a JVM refuse to start rather than do without. */
  private List<String> linesOfAStartThatInsistsOnTheCache() throws IOException {
    Program strict =
        () ->
            new Program.Jar(Deployable.AUTH, layout)
                .commandLine().stream()
                    .map(option -> option.equals("-XX:AOTMode=auto") ? "-XX:AOTMode=on" : option)
                    .toList();
    Launcher.Running running = launcher(strict, "auth").launch(() -> false);
    running.stop().run();
    return Files.readAllLines(layout.log("auth"));
  }

  private AotCache auth() {
    return AotCache.of(Deployable.AUTH, layout);
  }

  private Launcher launcher(Program program, String log) {
    Map<String, String> environment = new HashMap<>(System.getenv());
    return new ServiceLauncher(
        Deployable.AUTH, program, Addresses.ofReplica(environment), layout, layout.log(log), PACE);
  }

  private static void jar(Path jar) throws IOException {
    Path sources = Files.createDirectories(jar.resolveSibling("classes"));
    Path source = Files.writeString(sources.resolve("Service.java"), SERVICE);
    var compiler = ToolProvider.getSystemJavaCompiler();
    assertThat(compiler.run(null, null, null, "-d", sources.toString(), source.toString()))
        .isZero();
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "Service");
    try (OutputStream file = Files.newOutputStream(jar);
        var out = new JarOutputStream(file, manifest);
        Stream<Path> classes = Files.list(sources)) {
      for (Path each : classes.filter(it -> it.toString().endsWith(".class")).toList()) {
        out.putNextEntry(new JarEntry(each.getFileName().toString()));
        Files.copy(each, out);
        out.closeEntry();
      }
    }
  }
}
