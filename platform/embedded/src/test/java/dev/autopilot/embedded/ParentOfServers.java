package dev.autopilot.embedded;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Starts both servers, names their processes, and waits to be killed. */
final class ParentOfServers {
  private ParentOfServers() {}

  public static void main(String[] arguments) throws InterruptedException {
    Path folder = Path.of(arguments[0]);
    var postgres = EmbeddedPostgres.in(folder.resolve("postgres")).volatileData().start();
    var kafka = EmbeddedKafka.in(folder.resolve("kafka")).start();
    System.out.println(postgres.child().identity().pid());
    System.out.println(kafka.child().identity().pid());
    System.out.println("up");
    new CountDownLatch(1).await();
  }
}
