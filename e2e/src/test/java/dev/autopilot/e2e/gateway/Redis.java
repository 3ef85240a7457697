package dev.autopilot.e2e.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.autopilot.embedded.Child;
import dev.autopilot.embedded.Ports;
import dev.autopilot.embedded.StopSignal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import redis.embedded.core.ExecutableProvider;

/** A real Redis, which can be killed, and made to hang. */
final class Redis implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Child child;
  private final int port;

  private Redis(Child child, int port) {
    this.child = child;
    this.port = port;
  }

  static Redis start(Path folder) throws IOException {
    int port = Ports.free();
    String program = ExecutableProvider.newJarResourceProvider().get().getAbsolutePath();
    Redis redis =
        new Redis(
            Child.start(
                new Child.Command(
                    List.of(program, "--port", "" + port, "--bind", "127.0.0.1", "--save", ""),
                    Map.of("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin")),
                    folder,
                    folder.resolve("redis.log"),
                    StopSignal.TERM,
                    Duration.ofSeconds(5))),
            port);
    redis.awaitStart();
    return redis;
  }

  String url() {
    return "redis://127.0.0.1:" + port;
  }

  /** How many keys it holds. */
  int size() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write("DBSIZE\r\n".getBytes(US_ASCII));
      byte[] answer = new byte[32];
      int length = socket.getInputStream().read(answer);
      return Integer.parseInt(new String(answer, 1, length - 3, US_ASCII));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** It answers nothing any more, though its connections stand: worse than being gone. */
  void hang() throws IOException {
    signal("STOP");
  }

  void kill() throws IOException {
    signal("KILL");
    child.onExit().join();
  }

  @Override
  public void close() throws IOException {
    if (child.isAlive()) {
      signal("CONT");
      child.stop();
    }
  }

  private void signal(String name) throws IOException {
    new ProcessBuilder("kill", "-s", name, Long.toString(child.identity().pid()))
        .start()
        .onExit()
        .join();
  }

  private void awaitStart() throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException notYet) {
        if (System.nanoTime() > deadline) {
          throw notYet;
        }
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
    }
  }
}
