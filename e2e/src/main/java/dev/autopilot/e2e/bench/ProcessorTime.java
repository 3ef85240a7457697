package dev.autopilot.e2e.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Time on the processor that a process and its descendants have had, those included that ended.
 * Unlike time on the clock it hardly depends on what else the machine does.
 */
final class ProcessorTime {
  /**
   * Places in /proc/[pid]/stat behind the name, which may hold spaces: user, system, children's.
   */
  private static final int FIRST = 11;

  private static final int LAST = 14;
  private static final long TICKS_A_SECOND = 100;

  private ProcessorTime() {}

  static double seconds(long pid) {
    return ProcessHandle.of(pid).stream()
            .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
            .mapToLong(process -> ticks(process.pid()))
            .sum()
        / (double) TICKS_A_SECOND;
  }

  private static long ticks(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return LongStream.rangeClosed(FIRST, LAST).map(i -> Long.parseLong(fields[(int) i])).sum();
    } catch (IOException gone) {
      return 0;
    }
  }
}
