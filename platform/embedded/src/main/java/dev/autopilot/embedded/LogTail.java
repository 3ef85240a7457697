package dev.autopilot.embedded;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** What a log says since a server was started. */
final class LogTail {
  private static final int LONGEST = 64 * 1024;
  private final Path file;
  private final long from;

  private LogTail(Path file, long from) {
    this.file = file;
    this.from = from;
  }

  /** Remembers where the log ends now. */
  static LogTail startingAtEndOf(Path file) {
    return new LogTail(file, file.toFile().length());
  }

  Path file() {
    return file;
  }

  boolean contains(String text) {
    return read().contains(text);
  }

  /** The last lines that aren't empty, joined into one. */
  String lastLines(int count) {
    List<String> lines = read().lines().filter(line -> !line.isBlank()).map(String::strip).toList();
    return String.join(" / ", lines.subList(Math.max(0, lines.size() - count), lines.size()));
  }

  private String read() {
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      in.seek(Math.max(from, in.length() - LONGEST));
      var bytes = new byte[(int) (in.length() - in.getFilePointer())];
      in.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
