package dev.autopilot.embedded;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The end of a log, or of what it says since a server was started; never more than 64 KB. */
public final class LogTail {
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

  public static LogTail of(Path file) {
    return new LogTail(file, 0);
  }

  Path file() {
    return file;
  }

  boolean contains(String text) {
    return read().contains(text);
  }

  /** Those of its lines that aren't empty; the first may have lost its beginning. */
  public List<String> lines() {
    return read().lines().filter(line -> !line.isBlank()).toList();
  }

  /** The last lines that aren't empty, joined into one. */
  String lastLines(int count) {
    List<String> lines = lines().stream().map(String::strip).toList();
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
