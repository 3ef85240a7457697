package dev.autopilot.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one server: locked while in use, filled all or nothing, and aware of the process
 * that works on it.
 */
final class DataFolder implements AutoCloseable {
  private static final long NEEDED_BYTES = 256L << 20;
  private static final Duration REAP_GRACE = Duration.ofSeconds(20);
  private static final String PID_FILE = "process";

  private final Path folder;
  private final FileChannel channel;

  private DataFolder(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /** Fills a fresh folder; what it leaves half done is thrown away. */
  @FunctionalInterface
  interface Filler {
    void fill(Path fresh) throws IOException;
  }

  static DataFolder open(Path folder, String server) {
    try {
      createPrivate(folder);
      refuseFullDisk(folder, server);
      var channel =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isLocked(channel)) {
        channel.close();
        throw new ServerFailure(
            "%s's data folder %s is in use by another process.".formatted(server, folder));
      }
      return new DataFolder(folder, channel);
    } catch (IOException e) {
      throw new ServerFailure(
          "%s's data folder %s can't be used: %s".formatted(server, folder, e.getMessage()), e);
    }
  }

  Path path() {
    return folder;
  }

  Path resolve(String name) {
    return folder.resolve(name);
  }

  /**
   * Gives the named subfolder, filling it first if it isn't there. It appears complete or not at
   * all.
   */
  Path prepare(String name, Filler filler) throws IOException {
    Path target = folder.resolve(name);
    if (!Files.exists(target)) {
      Path fresh = folder.resolve(name + ".new");
      deleteTree(fresh);
      createPrivate(fresh);
      filler.fill(fresh);
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    }
    return target;
  }

  /** Notes whose process works on this folder, so that one left behind can be found. */
  void remember(ProcessIdentity process) {
    try {
      Files.writeString(folder.resolve(PID_FILE), process.pid() + " " + process.startedAt() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Ends the process that an earlier, killed parent left behind. Its watchdog may be at it already.
   */
  void reap(StopSignal signal) {
    remembered().ifPresent(process -> process.end(signal, REAP_GRACE));
  }

  private Optional<ProcessIdentity> remembered() {
    try {
      String[] parts = Files.readString(folder.resolve(PID_FILE)).strip().split(" ", 2);
      return Optional.of(new ProcessIdentity(Long.parseLong(parts[0]), Instant.parse(parts[1])));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      // A torn note: nothing that could be ended safely is named by it.
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void createPrivate(Path folder) throws IOException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  static void deleteTree(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    try (var paths = Files.walk(tree)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      @Nullable FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static void refuseFullDisk(Path folder, String server) throws IOException {
    long free = Files.getFileStore(folder).getUsableSpace();
    if (free < NEEDED_BYTES) {
      throw new ServerFailure(
          "The disk is full: %s needs %d MB for %s, and %d MB are left."
              .formatted(server, NEEDED_BYTES >> 20, folder, free >> 20));
    }
  }
}
