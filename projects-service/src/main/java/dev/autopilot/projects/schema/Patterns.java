package dev.autopilot.projects.schema;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The patterns that texts match. RE2 matches in time linear to the text and to the program that a
 * pattern becomes, so the program is what must be bounded; it grows with the product of nested
 * repeats.
 */
final class Patterns {
  private static final int MAX_LENGTH = 500;
  private static final int MAX_PROGRAM = 2_000;

  /** Kept are those used last: a program takes up to some 100 kB. */
  private static final int MAX_KEPT = 32;

  private static final Map<String, Pattern> KEPT =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Pattern> eldest) {
          return size() > MAX_KEPT;
        }
      };

  private Patterns() {}

  /** Compiles it, once for all who use it. */
  static Pattern compiled(String pattern) throws InvalidValueException {
    synchronized (KEPT) {
      Pattern kept = KEPT.get(pattern);
      if (kept != null) {
        return kept;
      }
    }
    Pattern compiled = compile(pattern);
    synchronized (KEPT) {
      KEPT.put(pattern, compiled);
    }
    return compiled;
  }

  private static Pattern compile(String pattern) throws InvalidValueException {
    if (pattern.length() > MAX_LENGTH) {
      throw new InvalidValueException("At most " + MAX_LENGTH + " characters.");
    }
    // Compiling writes out every repeat: what is too large must be known before.
    if (PatternSize.of(pattern) > 2 * MAX_PROGRAM) {
      throw tooLarge();
    }
    try {
      Pattern compiled = Pattern.compile(pattern);
      if (compiled.programSize() > MAX_PROGRAM) {
        throw tooLarge();
      }
      return compiled;
    } catch (PatternSyntaxException notOne) {
      throw new InvalidValueException("Not a regular expression in RE2 syntax.");
    }
  }

  private static InvalidValueException tooLarge() {
    return new InvalidValueException(
        "Its repeats, written out, make more than " + MAX_PROGRAM + " steps.");
  }
}
