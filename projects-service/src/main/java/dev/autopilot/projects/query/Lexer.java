package dev.autopilot.projects.query;

import dev.autopilot.projects.query.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Cuts a filter into words. */
final class Lexer {
  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Lexer(String text) {
    this.text = text;
  }

  static List<Token> tokens(String text) {
    Lexer lexer = new Lexer(text);
    lexer.run();
    return lexer.tokens;
  }

  private void run() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (isNameStart(c)) {
        take(Kind.NAME, end(Lexer::isNamePart));
      } else if (isDigit(c)) {
        take(Kind.NUMBER, endOfNumber());
      } else if (c == '"' || c == '\'') {
        string(c);
      } else {
        symbol();
      }
    }
    tokens.add(new Token(Kind.END, "", text.length() + 1));
  }

  private void take(Kind kind, int end) {
    tokens.add(new Token(kind, text.substring(at, end), at + 1));
    at = end;
  }

  private int end(CharPredicate part) {
    int end = at + 1;
    while (end < text.length() && part.test(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private int endOfNumber() {
    int end = end(Lexer::isDigit);
    if (end + 1 < text.length() && text.charAt(end) == '.' && isDigit(text.charAt(end + 1))) {
      end += 2;
      while (end < text.length() && isDigit(text.charAt(end))) {
        end++;
      }
    }
    return end;
  }

  private void string(char quote) {
    int start = at++;
    StringBuilder content = new StringBuilder();
    while (at < text.length() && text.charAt(at) != quote) {
      char c = text.charAt(at++);
      if (c == '\\') {
        c = escaped();
      }
      content.append(c);
    }
    if (at >= text.length()) {
      throw FilterProblem.at(start + 1, "this text has no end.");
    }
    at++;
    tokens.add(new Token(Kind.TEXT, content.toString(), start + 1));
  }

  private char escaped() {
    if (at >= text.length()) {
      throw FilterProblem.at(at, "a backslash stands before what it escapes.");
    }
    char c = text.charAt(at++);
    return switch (c) {
      case '\\', '"', '\'' -> c;
      case 'n' -> '\n';
      case 't' -> '\t';
      default -> throw FilterProblem.at(at - 1, "only \\\\, \\\", \\', \\n and \\t are escapes.");
    };
  }

  private void symbol() {
    for (String symbol : new String[] {"!=", "<=", ">=", "!~"}) {
      if (text.startsWith(symbol, at)) {
        take(Kind.SYMBOL, at + 2);
        return;
      }
    }
    if ("=<>~(),+-".indexOf(text.charAt(at)) < 0) {
      throw FilterProblem.at(at + 1, "a filter doesn't use this character.");
    }
    take(Kind.SYMBOL, at + 1);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNameStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  private static boolean isNamePart(char c) {
    return isNameStart(c) || isDigit(c);
  }

  private interface CharPredicate {
    boolean test(char c);
  }
}
