package dev.autopilot.local.suite;

import dev.autopilot.embedded.Child;
import java.util.function.BooleanSupplier;

/** Starts one kind of process. */
@FunctionalInterface
interface Launcher {
  /**
   * Returns when what it started is ready.
   *
   * @param cancelled turns true when nobody wants it any more: what was started is then stopped,
   *     and this fails
   * @throws RuntimeException with one sentence when it can't be started, or ended before it was
   *     ready
   */
  Running launch(BooleanSupplier cancelled);

  /**
   * A process that is ready.
   *
   * @param stop ends it in an orderly way and gives back what it held; also when it has ended by
   *     itself
   */
  record Running(Child child, Runnable stop) {}
}
