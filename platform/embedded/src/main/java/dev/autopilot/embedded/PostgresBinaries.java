package dev.autopilot.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked from their artifact once per machine and version. */
final class PostgresBinaries {
  /** Written at build time, so that another version of the artifact is unpacked beside this one. */
  private static final String VERSION = BuildFacts.get("postgres.version");

  private static final String UNFINISHED = "unpacking-";
  private static final Duration LONGEST_UNPACKING = Duration.ofHours(1);

  private PostgresBinaries() {}

  static int majorVersion() {
    return Integer.parseInt(VERSION.substring(0, VERSION.indexOf('.')));
  }

  /**
   * The folder with {@code bin}, {@code lib} and {@code share}; complete, since it appears by one
   * rename.
   */
  static Path unpackInto(Path cache) {
    Path target = cache.resolve("postgres-" + VERSION + "-" + platform());
    if (Files.isDirectory(target)) {
      return target;
    }
    try {
      Files.createDirectories(cache);
      deleteUnfinished(cache);
      Path fresh = Files.createTempDirectory(cache, UNFINISHED);
      try {
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
        unpack(fresh);
        moveUnlessPresent(fresh, target);
      } finally {
        DataFolder.deleteTree(fresh);
      }
      return target;
    } catch (IOException e) {
      throw new ServerFailure(
          "PostgreSQL can't be unpacked to %s: %s".formatted(target, e.getMessage()), e);
    }
  }

  /** What a process that was killed left behind; one that is at work is younger. */
  private static void deleteUnfinished(Path cache) throws IOException {
    FileTime old = FileTime.from(Instant.now().minus(LONGEST_UNPACKING));
    try (Stream<Path> entries = Files.list(cache)) {
      for (Path entry : entries.toList()) {
        if (entry.getFileName().toString().startsWith(UNFINISHED)
            && Files.getLastModifiedTime(entry).compareTo(old) < 0) {
          DataFolder.deleteTree(entry);
        }
      }
    }
  }

  private static void unpack(Path target) throws IOException {
    String name = "/postgres-" + platform() + ".txz";
    try (InputStream archive = PostgresBinaries.class.getResourceAsStream(name)) {
      if (archive == null) {
        throw new ServerFailure(
            "There is no PostgreSQL for %s %s in this build; point DATABASE_URL at your own."
                .formatted(System.getProperty("os.name"), System.getProperty("os.arch")));
      }
      var tar = new TarArchiveInputStream(new XZInputStream(archive));
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(entry, tar, target);
      }
    }
  }

  private static void unpack(TarArchiveEntry entry, InputStream content, Path target)
      throws IOException {
    Path path = target.resolve(entry.getName()).normalize();
    if (!path.startsWith(target)) {
      throw new IOException("the archive reaches outside of its folder: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(path.resolve("..").normalize());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else {
      Files.copy(content, path);
      boolean executable = (entry.getMode() & 0100) != 0;
      Files.setPosixFilePermissions(
          path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }
  }

  private static void moveUnlessPresent(Path fresh, Path target) throws IOException {
    try {
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      // Another process was quicker.
      if (!Files.isDirectory(target)) {
        throw e;
      }
    }
  }

  private static String platform() {
    boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac");
    boolean arm = System.getProperty("os.arch").equals("aarch64");
    return (mac ? "darwin-" : "linux-") + (arm ? "arm_64" : "x86_64");
  }
}
