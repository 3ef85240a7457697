package dev.autopilot.local.suite;

import dev.autopilot.local.config.Layout;
import dev.autopilot.local.config.Refusal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the process of a deployable is started from. */
interface Program {
  /** Asked for at every start. */
  List<String> commandLine();

  /** A start of it failed. */
  default void failed() {}

  /** Its jar, with the start-up cache when there is one. */
  record Jar(Deployable deployable, Layout layout) implements Program {
    @Override
    public List<String> commandLine() {
      return deployable.commandLine(layout, cache().use());
    }

    /** The next start goes without the cache, lest that was why. */
    @Override
    public void failed() {
      cache().discard();
    }

    private AotCache cache() {
      return AotCache.of(deployable, layout);
    }
  }

  /**
   * Its jar, recording for a start-up cache.
   *
   * @param runBy a command that runs the JVM's
   */
  record Recording(Deployable deployable, Layout layout, List<String> runBy) implements Program {
    @Override
    public List<String> commandLine() {
      var line = new ArrayList<>(runBy);
      line.addAll(deployable.commandLine(layout, AotCache.of(deployable, layout).record()));
      return line;
    }
  }

  /** Its native binary. */
  record Binary(Deployable deployable, Layout layout) implements Program {
    @Override
    public List<String> commandLine() {
      Path binary = deployable.binary(layout);
      if (!Files.isExecutable(binary)) {
        throw new Refusal(
            "%s has no native binary; ./autopilot test --native builds them."
                .formatted(deployable.id()));
      }
      var line = new ArrayList<>(List.of(binary.toString()));
      line.addAll(deployable.binaryOptions());
      return line;
    }
  }
}
