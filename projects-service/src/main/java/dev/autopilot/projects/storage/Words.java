package dev.autopilot.projects.storage;

/**
 * The words of a text, one after the other: runs of letters and digits as long as they come, in
 * lower case. Whatever stands between them only parts them, so that {@code john} finds {@code
 * john@example.org}. The SQL function {@code record_words} cuts texts in the same way.
 */
final class Words {
  /** Of a longer word this many characters count; PostgreSQL takes no lexeme above 2,046 bytes. */
  private static final int LONGEST = 255;

  private static final byte[] ASCII = new byte[128];

  static {
    for (char c = 0; c < ASCII.length; c++) {
      ASCII[c] = (byte) (Character.isLetterOrDigit(c) ? Character.toLowerCase(c) : 0);
    }
  }

  private final String text;
  private int at;

  Words(String text) {
    this.text = text;
  }

  /** Appends the next word; false when there is none left. */
  boolean next(StringBuilder to) {
    int length = 0;
    while (at < text.length()) {
      int character = text.codePointAt(at);
      at += Character.charCount(character);
      int lower = lower(character);
      if (lower == 0) {
        if (length > 0) {
          return true;
        }
      } else if (length++ < LONGEST) {
        to.appendCodePoint(lower);
      }
    }
    return length > 0;
  }

  /**
   * What a word has for the character, or 0 when it is part of none. Character by character, as
   * PostgreSQL's collation pg_c_utf8 has it: no language changes what a letter is.
   */
  private static int lower(int character) {
    if (character < ASCII.length) {
      return ASCII[character];
    }
    return Character.isAlphabetic(character) || Character.isDigit(character)
        ? Character.toLowerCase(character)
        : 0;
  }
}
