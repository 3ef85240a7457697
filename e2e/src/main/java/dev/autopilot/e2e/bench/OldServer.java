package dev.autopilot.e2e.bench;

import dev.autopilot.embedded.Child;
import dev.autopilot.embedded.Ports;
import dev.autopilot.embedded.StopSignal;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The kind of server that the suite replaces: FastAPI on uvicorn with uvloop and httptools, all as
 * Debian packages them. It has one route, health, which says what the gateway's says.
 */
final class OldServer implements AutoCloseable {
  private static final String PYTHON = "/usr/bin/python3";
  private static final List<String> MODULES = List.of("fastapi", "uvicorn", "uvloop", "httptools");
  private static final String APPLICATION =
      """
      from fastapi import FastAPI

      app = FastAPI()

      @app.get("/api/health")
      async def health():
          return {"status": "UP", "services": {"auth": "UP", "chat": "UP", "projects": "UP"}}
      """;

  private final Child child;
  private final int port;

  private OldServer(Child child, int port) {
    this.child = child;
    this.port = port;
  }

  /** The packages of Debian that it lacks. */
  static List<String> missingPackages() {
    return MODULES.stream()
        .filter(module -> !canImport(module))
        .map(module -> module.equals("uvicorn") ? module : "python3-" + module)
        .toList();
  }

  /**
   * @param workers processes that share the work
   */
  static OldServer start(Path folder, int workers) throws IOException {
    int port = Ports.free();
    Files.writeString(folder.resolve("old_server.py"), APPLICATION);
    Child child =
        Child.start(
            new Child.Command(
                List.of(
                    PYTHON,
                    "-m",
                    "uvicorn",
                    "old_server:app",
                    "--port=" + port,
                    "--loop=uvloop",
                    "--http=httptools",
                    "--workers=" + workers,
                    "--no-access-log",
                    "--log-level=warning"),
                Map.of("PATH", Programs.path()),
                folder,
                folder.resolve("old-server.log"),
                StopSignal.TERM,
                Duration.ofSeconds(10)));
    OldServer server = new OldServer(child, port);
    GatewayRig.awaitPort(port);
    return server;
  }

  URI health() {
    return URI.create("http://127.0.0.1:" + port + "/api/health");
  }

  @Override
  public void close() {
    child.stop();
  }

  private static boolean canImport(String module) {
    try {
      Programs.output(List.of(PYTHON, "-c", "import " + module));
      return true;
    } catch (IOException missing) {
      return false;
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }
}
