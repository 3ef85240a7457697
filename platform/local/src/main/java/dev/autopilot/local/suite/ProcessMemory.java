package dev.autopilot.local.suite;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The memory of a process and its descendants.
 *
 * @param residentKilobytes RSS: what is in memory, pages shared with others counted in full each
 *     time
 * @param proportionalKilobytes PSS: shared pages counted in parts; empty where the system doesn't
 *     tell
 */
public record ProcessMemory(long residentKilobytes, OptionalLong proportionalKilobytes) {
  private static final Pattern NUMBER = Pattern.compile("\\D*(\\d+)\\D*");

  public static ProcessMemory of(ProcessHandle process) {
    long[] pids =
        Stream.concat(Stream.of(process), process.descendants())
            .mapToLong(ProcessHandle::pid)
            .toArray();
    long resident = LongStream.of(pids).map(ProcessMemory::resident).sum();
    boolean told = LongStream.of(pids).allMatch(pid -> Files.isReadable(rollup(pid)));
    return new ProcessMemory(
        resident,
        told
            ? OptionalLong.of(
                LongStream.of(pids).map(pid -> field(rollup(pid), "Pss:").orElse(0)).sum())
            : OptionalLong.empty());
  }

  private static long resident(long pid) {
    return field(Path.of("/proc", Long.toString(pid), "status"), "VmRSS:")
        .orElseGet(() -> residentByPs(pid));
  }

  private static Path rollup(long pid) {
    return Path.of("/proc", Long.toString(pid), "smaps_rollup");
  }

  private static OptionalLong field(Path file, String name) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(NUMBER::matcher)
          .filter(java.util.regex.Matcher::matches)
          .mapToLong(number -> Long.parseLong(number.group(1)))
          .findFirst();
    } catch (IOException | java.io.UncheckedIOException e) {
      return OptionalLong.empty();
    }
  }

  /** Where there is no /proc. */
  private static long residentByPs(long pid) {
    try {
      Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
      String said = new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return said.isEmpty() ? 0 : Long.parseLong(said);
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }
}
