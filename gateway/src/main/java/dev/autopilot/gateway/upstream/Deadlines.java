package dev.autopilot.gateway.upstream;

import java.util.ArrayList;
import java.util.List;

/**
 * The deadlines of one event loop's exchanges, looked at ten times a second instead of with a timer
 * each: a stream pushes its deadline on with every byte, which here is one assignment. Confined to
 * its event loop.
 */
final class Deadlines {
  static final long EVERY_MS = 100;

  private final List<Watched> watched = new ArrayList<>();

  /** Something that must not take for ever. */
  abstract static class Watched {
    private int index = -1;
    private long deadline;

    /** Called once, when the deadline has passed. */
    abstract void expired();

    /** Moves the deadline; cheap enough for every buffer. */
    final void extendTo(long nanoTime) {
      deadline = nanoTime;
    }
  }

  void watch(Watched one, long deadline) {
    one.deadline = deadline;
    one.index = watched.size();
    watched.add(one);
  }

  void forget(Watched one) {
    if (one.index < 0) {
      return;
    }
    int gap = one.index;
    Watched last = watched.removeLast();
    if (gap < watched.size()) {
      watched.set(gap, last);
      last.index = gap;
    }
    one.index = -1;
  }

  int size() {
    return watched.size();
  }

  /** Backwards, so that what is forgotten on the way only moves what has been looked at. */
  void sweep(long now) {
    for (int i = watched.size() - 1; i >= 0; i--) {
      if (i < watched.size()) {
        Watched one = watched.get(i);
        if (now - one.deadline >= 0) {
          forget(one);
          one.expired();
        }
      }
    }
  }
}
