package dev.autopilot.projects.storage;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a person types into a search box, as PostgreSQL reads a {@code tsquery}: all words must be
 * there; {@code "several in quotes"} one behind the other; {@code -word} must not; {@code or} parts
 * alternatives. It means what it does to {@code websearch_to_tsquery}, but a word is what {@link
 * Words} says, and what has several within it, such as {@code john@example.org}, is a phrase. What
 * has no word at all finds nothing.
 */
final class WordQuery {
  private static final Pattern TERM =
      Pattern.compile(
          "(?<not>-?)(?:\"(?<quoted>[^\"]*)\"?|(?<plain>[^\\s\"]+))",
          Pattern.UNICODE_CHARACTER_CLASS);

  private final StringBuilder query = new StringBuilder();

  private WordQuery() {}

  static String of(String typed) {
    WordQuery words = new WordQuery();
    Matcher term = TERM.matcher(typed);
    boolean alternative = false;
    while (term.find()) {
      if (!alternative && words.isOr(term, typed)) {
        alternative = true;
      } else if (words.add(term, alternative)) {
        alternative = false;
      }
    }
    return words.query.toString();
  }

  /** Only between two terms; else it is a word like any other. */
  private boolean isOr(Matcher term, String typed) {
    return term.group().equalsIgnoreCase("or")
        && !query.isEmpty()
        && !typed.substring(term.end()).isBlank();
  }

  private boolean add(Matcher term, boolean alternative) {
    @Nullable String quoted = term.group("quoted");
    String phrase = phrase(quoted == null ? term.group("plain") : quoted);
    if (phrase.isEmpty()) {
      return false;
    }
    if (!query.isEmpty()) {
      query.append(alternative ? " | " : " & ");
    }
    query.append(term.group("not").isEmpty() ? "(" : "!(").append(phrase).append(')');
    return true;
  }

  private static String phrase(String text) {
    StringBuilder phrase = new StringBuilder();
    Words words = new Words(text);
    while (words.next(phrase)) {
      phrase.append(" <-> ");
    }
    phrase.setLength(Math.max(0, phrase.length() - " <-> ".length()));
    return phrase.toString();
  }
}
