package dev.autopilot.projects.query;

/**
 * A word of the filter language.
 *
 * @param text as it stands for, with a string's escapes resolved
 * @param position of its first character, from 1
 */
record Token(Kind kind, String text, int position) {
  enum Kind {
    NAME,
    TEXT,
    NUMBER,
    SYMBOL,
    END
  }

  boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  boolean isWord(String word) {
    return kind == Kind.NAME && text.equalsIgnoreCase(word);
  }

  /** As an error message names it. */
  String shown() {
    return switch (kind) {
      case END -> "the end";
      case TEXT -> "a text";
      case NAME, NUMBER, SYMBOL ->
          "\"" + (text.length() > 40 ? text.substring(0, 40) : text) + "\"";
    };
  }
}
