package dev.autopilot.projects.file;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A single range of bytes (RFC 9110, section 14); several are answered with the whole. */
record ByteRange(long first, long last) {
  private static final Pattern FORM = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

  /** Null when there is none, or none that we serve; 416 when it lies behind the end. */
  static @Nullable ByteRange of(@Nullable String header, long size) {
    Matcher matcher = FORM.matcher(header == null ? "" : header.replace(" ", ""));
    if (!matcher.matches() || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
      return null;
    }
    if (matcher.group(1).isEmpty()) {
      long suffix = Long.parseLong(matcher.group(2));
      return within(Math.max(0, size - suffix), size - 1, size);
    }
    long first = Long.parseLong(matcher.group(1));
    long last = matcher.group(2).isEmpty() ? size - 1 : Long.parseLong(matcher.group(2));
    return last < first && !matcher.group(2).isEmpty()
        ? null
        : within(first, Math.min(last, size - 1), size);
  }

  private static ByteRange within(long first, long last, long size) {
    if (first >= size || last < first) {
      throw FileError.RANGE_NOT_SATISFIABLE.problem().header("Content-Range", "bytes */" + size);
    }
    return new ByteRange(first, last);
  }

  long length() {
    return last - first + 1;
  }
}
