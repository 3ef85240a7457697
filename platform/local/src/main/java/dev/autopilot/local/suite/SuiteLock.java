package dev.autopilot.local.suite;

import dev.autopilot.local.config.Layout;
import dev.autopilot.local.config.Refusal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Held by the one runner that works on a home folder. The operating system gives it back when the
 * runner dies.
 */
public final class SuiteLock implements AutoCloseable {
  private final FileChannel channel;

  private SuiteLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Empty when another runner has it. */
  public static Optional<SuiteLock> tryTake(Layout layout) {
    try {
      Files.createDirectories(layout.run());
      var channel =
          FileChannel.open(
              layout.run().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        channel.close();
        return Optional.empty();
      }
      return Optional.of(new SuiteLock(channel));
    } catch (IOException e) {
      throw new Refusal("%s can't be used: %s".formatted(layout.home(), e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new Refusal("The lock can't be given back: " + e.getMessage(), e);
    }
  }
}
