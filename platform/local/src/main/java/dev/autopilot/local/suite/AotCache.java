package dev.autopilot.local.suite;

import dev.autopilot.embedded.EmbeddedKafka;
import dev.autopilot.local.config.Layout;
import dev.autopilot.local.config.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * A program's classes as an earlier run had loaded and linked them (JEP 483 and 514), in a file
 * that a start maps instead of doing that work again.
 *
 * <p>Its name holds a digest of everything that it was made from: the JDK, the options, the jars.
 * Whatever changes makes another name, and so a start without a cache, and a new one. The JVM looks
 * for itself too, and starts as usual where a cache doesn't fit.
 */
final class AotCache {
  private static final String SUFFIX = ".aot";

  private final Path file;
  private final String name;

  private AotCache(String name, Layout layout, List<String> jvmOptions, List<Path> jars) {
    this.name = name;
    this.file = layout.aot().resolve(name + "-" + digest(name, jvmOptions, jars) + SUFFIX);
  }

  static AotCache of(Deployable deployable, Layout layout) {
    Path app = deployable.jar(layout).resolveSibling(".").normalize();
    try (Stream<Path> files = Files.walk(app)) {
      List<Path> jars = files.filter(Files::isRegularFile).sorted().toList();
      return new AotCache(deployable.id(), layout, deployable.jvmOptions(), jars);
    } catch (IOException e) {
      throw unreadable(deployable.id(), e);
    }
  }

  static AotCache ofKafka(Layout layout) {
    return new AotCache("kafka", layout, EmbeddedKafka.usualJvmOptions(), EmbeddedKafka.jars());
  }

  boolean isThere() {
    return Files.exists(file);
  }

  /** What a start uses it by; nothing when there is none. */
  List<String> use() {
    // It helps or it doesn't: what the JVM thinks of it is nothing for a service's log.
    // Mapped where it was made for, if that address is free, its pages stay those of the file;
    // elsewhere each start would have to rewrite, and so to keep, a hundred megabytes of pointers.
    return isThere()
        ? List.of(
            "-XX:AOTCache=" + file,
            "-XX:AOTMode=auto",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:ArchiveRelocationMode=0",
            // Compiled code is memory, and a start calls most methods a few hundred times and never
            // again: that the training did so too is no reason to compile them.
            "-XX:-AOTReplayTraining",
            "-XX:CompileThresholdScaling=3",
            "-Xlog:aot*=off",
            "-Xlog:aot+codecache*=off")
        : List.of();
  }

  /** What makes a run write it when it ends in an orderly way. It counts once {@link #keep}t. */
  List<String> record() {
    return List.of("-XX:AOTCacheOutput=" + unfinished(), "-Xlog:aot*=off");
  }

  /** Takes what a run has written, whole, in place of what was there for other jars. */
  void keep() throws IOException {
    Files.move(unfinished(), file, StandardCopyOption.ATOMIC_MOVE);
    try (Stream<Path> files = Files.list(file.resolveSibling("."))) {
      for (Path other : files.filter(this::isOfAnotherBuild).toList()) {
        Files.delete(other);
      }
    }
  }

  /** After a start with it that failed: the next one goes without. */
  void discard() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new Refusal("%s can't be deleted: %s".formatted(file, e.getMessage()), e);
    }
  }

  private boolean isOfAnotherBuild(Path other) {
    String otherName = other.getFileName().toString();
    return otherName.startsWith(name + "-") && !otherName.equals(file.getFileName().toString());
  }

  private Path unfinished() {
    return file.resolveSibling(file.getFileName() + ".unfinished");
  }

  private static String digest(String name, List<String> jvmOptions, List<Path> jars) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      add(digest, System.getProperty("java.home") + System.getProperty("java.vm.version"));
      add(digest, String.join(" ", jvmOptions));
      for (Path jar : jars) {
        add(digest, jar.toString());
        add(digest, Files.size(jar) + "@" + Files.getLastModifiedTime(jar).toMillis());
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (IOException e) {
      throw unreadable(name, e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256.", e);
    }
  }

  private static Refusal unreadable(String name, IOException e) {
    return new Refusal(
        "%s can't be started, since what it is built from can't be read: %s"
            .formatted(name, e.getMessage()),
        e);
  }

  private static void add(MessageDigest digest, String part) {
    digest.update(part.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }
}
