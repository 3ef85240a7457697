package dev.autopilot.local.command;

import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A log file of which each line is shown once. */
final class FollowedLog {
  private final Path file;
  private long shown;

  /** Begins where the file ends now. */
  FollowedLog(Path file) {
    this.file = file;
    this.shown = file.toFile().length();
  }

  /** The last lines, counted back from where following begins. */
  List<String> lastLines(int count) throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    List<String> lines = read(Math.max(0, shown - 1_000_000), shown).lines().toList();
    return lines.subList(Math.max(0, lines.size() - count), lines.size());
  }

  void print(PrintStream out) {
    newLines().forEach(out::println);
    out.flush();
  }

  /** The whole lines that were added since. */
  List<String> newLines() {
    long length = file.toFile().length();
    if (length < shown) {
      // Begun anew.
      shown = 0;
    }
    if (length == shown) {
      return List.of();
    }
    try {
      String added = read(shown, length);
      int end = added.lastIndexOf('\n') + 1;
      shown += added.substring(0, end).getBytes(StandardCharsets.UTF_8).length;
      return added.substring(0, end).lines().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private String read(long from, long to) throws IOException {
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      in.seek(from);
      var bytes = new byte[(int) (to - from)];
      in.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
