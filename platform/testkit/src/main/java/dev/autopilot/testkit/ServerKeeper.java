package dev.autopilot.testkit;

import dev.autopilot.embedded.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * The process that holds the servers of a {@link TestRun}: it outlives the tests of each module,
 * and ends, taking the servers and their data along, when the run's owner does, however that ends.
 */
final class ServerKeeper {
  private static final Duration POLL = Duration.ofMillis(200);

  private ServerKeeper() {}

  /** Starts it with the choices and the class path of this JVM. */
  static Process start(TestRun run, Path log) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx96m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "-Dtestkit.servers=" + System.getProperty("testkit.servers", "auto"),
            "-cp",
            System.getProperty("java.class.path"),
            ServerKeeper.class.getName(),
            run.folder().toAbsolutePath().toString(),
            Long.toString(run.owner().pid()),
            run.owner().startedAt().toString())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Path.of(arguments[0]);
    var owner = new ProcessIdentity(Long.parseLong(arguments[1]), Instant.parse(arguments[2]));
    Servers servers = Servers.start(folder);
    new TestRun(folder, owner).announce(servers);
    while (owner.isAlive()) {
      Thread.sleep(POLL);
    }
  }
}
