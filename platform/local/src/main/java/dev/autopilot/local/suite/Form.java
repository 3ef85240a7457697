package dev.autopilot.local.suite;

import dev.autopilot.local.config.Layout;

/** What the seven are run from. */
public enum Form {
  /** On a JVM, as {@code ./autopilot up} builds them. */
  JARS {
    @Override
    Program of(Deployable deployable, Layout layout) {
      return new Program.Jar(deployable, layout);
    }
  },
  /** As native binaries, which {@code ./autopilot test --native} builds. */
  BINARIES {
    @Override
    Program of(Deployable deployable, Layout layout) {
      return new Program.Binary(deployable, layout);
    }
  };

  abstract Program of(Deployable deployable, Layout layout);
}
