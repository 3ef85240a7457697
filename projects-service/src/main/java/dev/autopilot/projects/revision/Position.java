package dev.autopilot.projects.revision;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in the order in which changes became visible: by transaction, and by number within it.
 *
 * @param transaction PostgreSQL's own 64 bit number of it
 */
public record Position(long transaction, long number) {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,18})-([0-9]{1,18})");

  /** Null when the text is no position. */
  public static @Nullable Position parse(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? new Position(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)))
        : null;
  }

  @Override
  public String toString() {
    return transaction + "-" + number;
  }
}
