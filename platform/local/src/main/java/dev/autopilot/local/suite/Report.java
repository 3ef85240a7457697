package dev.autopilot.local.suite;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Locale;

/** What the runner tells: on the terminal, and in its log. */
public final class Report {
  private final PrintStream out;
  private final Path log;

  public Report(PrintStream out, Path log) {
    this.out = out;
    this.log = log;
  }

  /** A line of the start: what, how it went, how long that took, and where it is. */
  void step(String what, String how, Duration took, String where) {
    say("  %-14s %-8s %6s   %s".formatted(what, how, seconds(took), where).stripTrailing());
  }

  /** Something that happened while the suite ran, with the time of day. */
  void event(String sentence) {
    say("  %tT  %s".formatted(LocalTime.now(ZoneId.systemDefault()), sentence));
  }

  public synchronized void say(String line) {
    out.println(line);
    out.flush();
    try {
      Files.createDirectories(log.resolveSibling("."));
      Files.writeString(
          log,
          line + "\n",
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException fullDisk) {
      // Whoever tells goes on: a full disk is when processes most need to be started again.
      out.println("  (%s can't be written: %s)".formatted(log, fullDisk.getMessage()));
    }
  }

  static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }
}
