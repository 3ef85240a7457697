package dev.autopilot.e2e.bench;

import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether each of the plants was met exactly once, by their codes. */
final class Once {
  private static final Pattern CODE = Pattern.compile("code-(\\d+)");

  private final UUID[] metIn;
  private int doubled;
  private int foreign;
  private int again;

  Once(int plants) {
    metIn = new UUID[plants];
  }

  /**
   * Notes the plant that the text tells of.
   *
   * @param by what told it; the same may tell it again, another must not
   */
  void meet(String text, UUID by) {
    Matcher code = CODE.matcher(text);
    int number = code.find() ? Integer.parseInt(code.group(1)) : -1;
    if (number < 0 || number >= metIn.length) {
      foreign++;
    } else if (metIn[number] == null) {
      metIn[number] = by;
    } else if (metIn[number].equals(by)) {
      again++;
    } else {
      doubled++;
    }
  }

  @Override
  public String toString() {
    int missing = 0;
    for (UUID met : metIn) {
      missing += met == null ? 1 : 0;
    }
    return "%,d rows, %,d missing, %,d more than once, %,d of no row; %,d sent again"
        .formatted(metIn.length - missing, missing, doubled, foreign, again);
  }
}
