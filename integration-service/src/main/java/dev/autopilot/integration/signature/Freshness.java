package dev.autopilot.integration.signature;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * Which timestamps are believed: those near enough to now, in either direction, since a sender's
 * clock may go fast as well as slow.
 */
public record Freshness(Instant now, Duration tolerance) {
  private static final Pattern UNIX_SECONDS = Pattern.compile("[0-9]{1,12}");

  boolean accepts(String timestamp) {
    if (!UNIX_SECONDS.matcher(timestamp).matches()) {
      return false;
    }
    long away = Math.abs(now.getEpochSecond() - Long.parseLong(timestamp));
    return away <= tolerance.toSeconds();
  }
}
