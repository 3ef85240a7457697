package dev.autopilot.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process that can be told from a later one with the same pid.
 *
 * @param pid its number
 * @param startedAt when the operating system says it began
 */
public record ProcessIdentity(long pid, Instant startedAt) {
  /** The start is counted in ticks since boot, so an adjusted clock shifts it a little. */
  private static final Duration TOLERANCE = Duration.ofSeconds(3);

  private static final Duration POLL = Duration.ofMillis(50);

  public static ProcessIdentity of(ProcessHandle handle) {
    return new ProcessIdentity(handle.pid(), handle.info().startInstant().orElseGet(Instant::now));
  }

  public static ProcessIdentity current() {
    return of(ProcessHandle.current());
  }

  /** The process, if it is still the same one and alive. */
  public Optional<ProcessHandle> find() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(this::isSame)
        .filter(handle -> !isZombie(pid));
  }

  public boolean isAlive() {
    return find().isPresent();
  }

  /** Asks with the signal, waits, and kills whatever is left afterwards. */
  public void end(StopSignal signal, Duration grace) {
    find().ifPresent(handle -> end(handle, signal, grace));
  }

  private void end(ProcessHandle handle, StopSignal signal, Duration grace) {
    var descendants = handle.descendants().toList();
    signal(pid, signal);
    if (!isGoneWithin(grace)) {
      handle.destroyForcibly();
      isGoneWithin(Duration.ofSeconds(5));
    }
    descendants.forEach(ProcessHandle::destroyForcibly);
  }

  private boolean isSame(ProcessHandle handle) {
    return handle
        .info()
        .startInstant()
        .map(start -> Duration.between(start, startedAt).abs().compareTo(TOLERANCE) < 0)
        .orElse(false);
  }

  private static void signal(long pid, StopSignal signal) {
    try {
      new ProcessBuilder("kill", "-s", signal.name(), Long.toString(pid))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isGoneWithin(Duration limit) {
    Instant deadline = Instant.now().plus(limit);
    try {
      while (isAlive()) {
        if (Instant.now().isAfter(deadline)) {
          return false;
        }
        Thread.sleep(POLL);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Ended, but not yet noticed by its parent, which in some containers never notices at all. */
  private static boolean isZombie(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
    } catch (IOException e) {
      return false;
    }
  }
}
