package dev.autopilot.local.build;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds the native binaries, one after the other since each takes minutes and gigabytes, and only
 * those whose inputs changed since they were built last.
 */
public final class NativeBuild {
  private final Path root;
  private final Path log;
  private final PrintStream out;

  /** Builds the checkout in {@code root}; Maven's whole output goes to {@code log}. */
  public NativeBuild(Path root, Path log, PrintStream out) {
    this.root = root;
    this.log = log;
    this.out = out;
  }

  /**
   * Returns when every binary is built from its present sources.
   *
   * @param options for Maven, of which some say what builds binaries here
   * @throws BuildFailure with what was complained about and where the log is
   */
  public void bringUpToDate(List<String> options) {
    try (var _ = BuildLock.take(root, out)) {
      Reactor reactor = Reactor.read(root);
      for (Reactor.Module module : reactor.staleBinaries()) {
        FileTime began = FileTime.from(Instant.now());
        make(module, options);
        reactor.markBinaryBuilt(module, began);
      }
    } catch (IOException e) {
      throw new BuildFailure("The binaries can't be brought up to date: " + e.getMessage(), e);
    }
  }

  private void make(Reactor.Module module, List<String> options) {
    out.printf("  building the binary of %s ", module.artifactId());
    out.flush();
    Instant began = Instant.now();
    var goals = new ArrayList<>(List.of("package", "-Dmaven.test.skip=true", "-Dnative"));
    goals.addAll(options);
    goals.addAll(List.of("-pl", module.path().toString(), "-am"));
    var quiet = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    var progress = new MavenProgress("building", quiet);
    int exit = new Maven(root, log).run(goals, progress);
    out.printf("%d s%n", Duration.between(began, Instant.now()).toSeconds());
    if (exit != 0) {
      throw new BuildFailure(
          "The binary of %s can't be built:\n    %s\n  Everything that was said is in %s."
              .formatted(module.artifactId(), String.join("\n    ", progress.complaints()), log));
    }
  }
}
