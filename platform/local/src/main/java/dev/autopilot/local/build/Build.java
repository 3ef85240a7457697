package dev.autopilot.local.build;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Builds what changed since it was built last, and says so in a line a module. */
public final class Build {
  private final Path root;
  private final Path log;
  private final PrintStream out;

  /** Builds the checkout in {@code root}; Maven's whole output goes to {@code log}. */
  public Build(Path root, Path log, PrintStream out) {
    this.root = root;
    this.log = log;
    this.out = out;
  }

  /**
   * Returns when everything of the scope is built from its present sources. For the runner, whose
   * own jar stays as it is as long as it runs: a JVM fails where its jar is replaced under it.
   *
   * @throws BuildFailure with what Maven complained about and where its log is; also when the
   *     runner's sources have changed since it was started
   */
  public void bringUpToDate(Scope scope) {
    build(scope, true);
  }

  /** The same, the runner included, for who doesn't run from it. */
  void bringAllUpToDate(Scope scope) {
    build(scope, false);
  }

  private void build(Scope scope, boolean byTheRunner) {
    try (var _ = BuildLock.take(root, out)) {
      Reactor reactor = Reactor.read(root);
      if (byTheRunner && !reactor.stale(Scope.RUNNER).isEmpty()) {
        throw new BuildFailure(
            "The runner's own sources changed after it was started: run the command again; if the suite runs, after ./autopilot down.");
      }
      List<Reactor.Module> stale = reactor.stale(scope);
      if (!stale.isEmpty()) {
        make(stale, reactor);
      }
    } catch (IOException e) {
      throw new BuildFailure("The build can't be brought up to date: " + e.getMessage(), e);
    }
  }

  private void make(List<Reactor.Module> stale, Reactor reactor) throws IOException {
    String modules =
        stale.stream().map(module -> module.path().toString()).collect(Collectors.joining(","));
    if (!Files.exists(Path.of(System.getProperty("user.home"), ".m2/repository/io/quarkus"))) {
      out.println("  the first build downloads its libraries, which takes some minutes");
    }
    FileTime began = FileTime.from(Instant.now());
    var progress = new MavenProgress("building", out);
    // What lies upstream is made along with it, which is quick when nothing changed there: so
    // nothing of this checkout has to be installed where another checkout would find it.
    List<String> goals = List.of("package", "-Dmaven.test.skip=true", "-pl", modules, "-am");
    int exit = new Maven(root, log).run(goals, progress);
    progress.end();
    if (exit == 0) {
      reactor.markBuilt(stale, began);
      return;
    }
    // What was built before the failure needn't be built again.
    reactor.markBuilt(
        stale.stream().filter(it -> progress.finished().contains(it.artifactId())).toList(), began);
    throw new BuildFailure(
        "The build failed:\n    %s\n  Everything Maven said is in %s."
            .formatted(String.join("\n    ", progress.complaints()), log));
  }
}
