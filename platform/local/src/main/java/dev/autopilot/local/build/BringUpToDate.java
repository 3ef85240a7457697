package dev.autopilot.local.build;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What {@code ./autopilot} runs from source when the runner isn't built, or no longer from its
 * present sources: builds what the command needs. Arguments: the checkout's root, the home folder,
 * the command.
 */
public final class BringUpToDate {
  private BringUpToDate() {}

  public static void main(String[] arguments) throws IOException {
    Path root = Path.of(arguments[0]);
    Path home = Path.of(arguments[1]);
    if (isBuilt(root) && isRunning(home)) {
      // The running one is needed as it is until it has stopped: its jars aren't replaced under its
      // feet.
      return;
    }
    try {
      new Build(root, home.resolve("logs/build.log"), System.out)
          .bringAllUpToDate(Scope.of(arguments[2]));
    } catch (BuildFailure e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static boolean isBuilt(Path root) {
    return Files.exists(root.resolve("platform/local/target/autopilot.jar"));
  }

  /** A runner holds this lock as long as it lives. */
  private static boolean isRunning(Path home) throws IOException {
    Path lock = home.resolve("run/lock");
    if (!Files.exists(lock)) {
      return false;
    }
    try (var channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
      return channel.tryLock() == null;
    }
  }
}
