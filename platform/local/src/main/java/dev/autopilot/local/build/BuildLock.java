package dev.autopilot.local.build;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One Maven at a time in a checkout: two would write the same {@code target} folders. The operating
 * system gives it back when its holder dies.
 */
public final class BuildLock implements AutoCloseable {
  private final FileChannel channel;

  private BuildLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Waits until whoever else builds there has done so, and says that it waits. */
  public static BuildLock take(Path root, PrintStream out) {
    try {
      Path folder = Files.createDirectories(root.resolve("target"));
      var channel =
          FileChannel.open(
              folder.resolve("build.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        out.println("  waiting for another ./autopilot that builds or tests here");
        var _ = channel.lock();
      }
      return new BuildLock(channel);
    } catch (IOException e) {
      throw new BuildFailure("%s can't be written: %s".formatted(root, e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new BuildFailure("The lock of the build can't be given back: " + e.getMessage(), e);
    }
  }
}
