package dev.autopilot.projects;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** A record of nearly 400 KiB; every other of them is next to nothing when it is compressed. */
public final class LargeRecord {
  public static final int BYTES = 400_000;

  private static final List<String> KEYS = List.of("a", "b", "c", "d");
  private static final int LONGEST_TEXT = 100_000;

  private LargeRecord() {}

  /** The fields that it fills, and more. */
  public static AField[] fields(AField... more) {
    return Stream.concat(Stream.of(more), KEYS.stream().map(key -> AField.of(key, "long_text")))
        .toArray(AField[]::new);
  }

  public static Map<String, Object> values(int n, Map<String, ?> more) {
    Map<String, Object> values = new LinkedHashMap<>(more);
    Random random = new Random(n);
    for (String key : KEYS) {
      StringBuilder text = new StringBuilder(LONGEST_TEXT);
      while (text.length() < LONGEST_TEXT) {
        text.append((char) ('a' + (n % 2 == 0 ? 0 : random.nextInt(26))));
      }
      values.put(key, text.toString());
    }
    return values;
  }
}
