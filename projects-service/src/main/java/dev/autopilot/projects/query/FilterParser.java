package dev.autopilot.projects.query;

import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.projects.query.Filter.Operator;
import dev.autopilot.projects.query.Token.Kind;
import dev.autopilot.projects.schema.Schema;
import dev.autopilot.projects.schema.Shape;
import dev.autopilot.projects.schema.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/**
 * The filter language, by recursive descent:
 *
 * <pre>
 * filter    = all { "or" all }
 * all       = unary { "and" unary }
 * unary     = "not" unary | "(" filter ")" | condition
 * condition = field ( ( "=" | "!=" | "&lt;" | "&lt;=" | "&gt;" | "&gt;=" ) value
 *                   | ( "~" | "!~" ) text
 *                   | [ "not" ] "in" "(" value { "," value } ")"
 *                   | [ "not" ] "between" value "and" value
 *                   | "is" [ "not" ] "null" )
 * value     = text | [ "-" ] number | "true" | "false" | moment
 * moment    = ( "now" | "today" ) [ ( "+" | "-" ) digits ( "s" | "m" | "h" | "d" | "w" | "mo" | "y" ) ]
 * text      = '"' … '"' | "'" … "'"      with the escapes \\ \" \' \n \t
 * </pre>
 *
 * Words of the language are known in any case, fields by their exact key. Texts are compared by
 * code point; {@code ~} is contains without regard to case, on a list it finds an item. Dates and
 * instants are texts such as {@code "2026-01-31"} and {@code "2026-01-31T12:00:00Z"}; days are
 * those of UTC.
 */
public final class FilterParser {
  public static final int MAX_LENGTH = 4_096;
  private static final int MAX_DEPTH = 32;
  private static final int MAX_VALUES = 500;
  private static final Set<String> KEYWORDS =
      Set.of("and", "or", "not", "in", "is", "null", "between", "true", "false", "now", "today");

  private final List<Token> tokens;
  private final Schema schema;
  private final Literals literals;
  private int at;
  private int depth;
  private int values;

  private FilterParser(List<Token> tokens, Schema schema, Instant now) {
    this.tokens = tokens;
    this.schema = schema;
    this.literals = new Literals(now);
  }

  /** The filter, or 422 with the position of what is wrong. */
  public static Filter parse(String text, Schema schema, Instant now) {
    if (text.length() > MAX_LENGTH) {
      throw CommonError.VALIDATION_FAILED.at("/filter", "At most " + MAX_LENGTH + " characters.");
    }
    FilterParser parser = new FilterParser(Lexer.tokens(text), schema, now);
    Filter filter = parser.filter();
    if (parser.peek().kind() != Kind.END) {
      throw parser.unexpected("\"and\", \"or\" or the end");
    }
    return filter;
  }

  private Filter filter() {
    return chain("or", this::all, Filter.Or::new);
  }

  private Filter all() {
    return chain("and", this::unary, Filter.And::new);
  }

  private Filter chain(
      String word,
      java.util.function.Supplier<Filter> part,
      Function<List<Filter>, Filter> joined) {
    List<Filter> parts = new ArrayList<>();
    do {
      parts.add(part.get());
    } while (acceptWord(word));
    return parts.size() == 1 ? parts.getFirst() : joined.apply(List.copyOf(parts));
  }

  private Filter unary() {
    Token start = peek();
    if (++depth > MAX_DEPTH) {
      throw FilterProblem.at(start.position(), "at most " + MAX_DEPTH + " levels of nesting.");
    }
    try {
      if (acceptWord("not")) {
        return new Filter.Not(unary());
      }
      if (acceptSymbol("(")) {
        Filter inner = filter();
        expectSymbol(")");
        return inner;
      }
      return condition();
    } finally {
      depth--;
    }
  }

  private Filter condition() {
    Column column = column();
    if (acceptWord("is")) {
      boolean negated = acceptWord("not");
      if (!acceptWord("null")) {
        throw unexpected("\"null\"");
      }
      return negated(negated, new Filter.IsNull(column));
    }
    if (acceptWord("not")) {
      if (peek().isWord("in") || peek().isWord("between")) {
        return new Filter.Not(condition(column));
      }
      throw unexpected("\"in\" or \"between\"");
    }
    return condition(column);
  }

  private Filter condition(Column column) {
    Token operator = next();
    requireComparable(column, operator);
    if (operator.kind() == Kind.NAME) {
      return switch (operator.text().toLowerCase(Locale.ROOT)) {
        case "in" -> in(column);
        case "between" -> between(column, operator);
        default -> throw noOperator(operator);
      };
    }
    if (operator.kind() != Kind.SYMBOL) {
      throw noOperator(operator);
    }
    return switch (operator.text()) {
      case "=" -> compare(column, Operator.EQUAL, operator);
      case "!=" -> new Filter.Not(compare(column, Operator.EQUAL, operator));
      case "<" -> compare(column, Operator.LESS, operator);
      case "<=" -> compare(column, Operator.LESS_OR_EQUAL, operator);
      case ">" -> compare(column, Operator.GREATER, operator);
      case ">=" -> compare(column, Operator.GREATER_OR_EQUAL, operator);
      case "~" -> contains(column, operator);
      case "!~" -> new Filter.Not(contains(column, operator));
      default -> throw noOperator(operator);
    };
  }

  private static void requireComparable(Column column, Token operator) {
    if (column.shape() == Shape.TREE) {
      throw FilterProblem.at(
          operator.position(), column.key() + " is JSON, which only \"is null\" can ask about.");
    }
  }

  private Filter compare(Column column, Operator operator, Token symbol) {
    if (column.shape() == Shape.TEXTS) {
      throw FilterProblem.at(
          symbol.position(), column.key() + " is a list: ask with ~ or in for what it holds.");
    }
    if (column.shape() == Shape.FLAG && operator != Operator.EQUAL) {
      throw FilterProblem.at(symbol.position(), column.key() + " is only true or false.");
    }
    return new Filter.Compare(column, operator, value(column));
  }

  private Filter contains(Column column, Token symbol) {
    if (!literals.isPlainText(column) && column.shape() != Shape.TEXTS) {
      throw FilterProblem.at(symbol.position(), column.key() + " holds no text to search in.");
    }
    Token text = next();
    if (text.kind() != Kind.TEXT) {
      throw FilterProblem.at(text.position(), "expected a text, found " + text.shown() + ".");
    }
    countValue(text);
    return new Filter.Contains(column, literals.storable(text));
  }

  private Filter in(Column column) {
    expectSymbol("(");
    List<Value> list = new ArrayList<>();
    do {
      list.add(value(column));
    } while (acceptSymbol(","));
    expectSymbol(")");
    return new Filter.In(column, List.copyOf(list));
  }

  private Filter between(Column column, Token word) {
    if (column.shape() == Shape.TEXTS || column.shape() == Shape.FLAG) {
      throw FilterProblem.at(word.position(), column.key() + " has no order.");
    }
    Value low = value(column);
    if (!acceptWord("and")) {
      throw unexpected("\"and\"");
    }
    return new Filter.Between(column, low, value(column));
  }

  private Column column() {
    Token name = peek();
    if (name.kind() != Kind.NAME || KEYWORDS.contains(name.text().toLowerCase(Locale.ROOT))) {
      throw unexpected("a field");
    }
    at++;
    Column column = Column.named(name.text(), schema);
    if (column == null) {
      throw FilterProblem.at(name.position(), "there is no field " + name.shown() + ".");
    }
    return column;
  }

  private Value value(Column column) {
    Token first = next();
    countValue(first);
    if (first.isSymbol("-")) {
      return literals.number(column, next(), true);
    }
    return switch (first.kind()) {
      case TEXT -> literals.text(column, first);
      case NUMBER -> literals.number(column, first, false);
      case NAME -> word(column, first);
      case SYMBOL, END -> throw noValue(first);
    };
  }

  private Value word(Column column, Token word) {
    return switch (word.text().toLowerCase(Locale.ROOT)) {
      case "true" -> literals.flag(column, word, true);
      case "false" -> literals.flag(column, word, false);
      case "now", "today" -> moment(column, word);
      case "null" ->
          throw FilterProblem.at(word.position(), "nothing equals null: ask with \"is null\".");
      default -> throw noValue(word);
    };
  }

  private Value moment(Column column, Token word) {
    boolean earlier = peek().isSymbol("-");
    if (!earlier && !peek().isSymbol("+")) {
      return literals.moment(column, word, 0, "d");
    }
    at++;
    Token amount = next();
    Token unit = next();
    if (amount.kind() != Kind.NUMBER || unit.kind() != Kind.NAME) {
      throw FilterProblem.at(amount.position(), "expected a span such as 7d.");
    }
    return literals.moment(column, word, literals.span(amount, unit, earlier), unit.text());
  }

  private void countValue(Token token) {
    if (++values > MAX_VALUES) {
      throw FilterProblem.at(token.position(), "at most " + MAX_VALUES + " values in a filter.");
    }
  }

  private static Filter negated(boolean negated, Filter filter) {
    return negated ? new Filter.Not(filter) : filter;
  }

  private Token peek() {
    return tokens.get(at);
  }

  private Token next() {
    Token token = tokens.get(at);
    if (token.kind() != Kind.END) {
      at++;
    }
    return token;
  }

  private boolean acceptWord(String word) {
    boolean found = peek().isWord(word);
    at += found ? 1 : 0;
    return found;
  }

  private boolean acceptSymbol(String symbol) {
    boolean found = peek().isSymbol(symbol);
    at += found ? 1 : 0;
    return found;
  }

  private void expectSymbol(String symbol) {
    if (!acceptSymbol(symbol)) {
      throw unexpected("\"" + symbol + "\"");
    }
  }

  private RuntimeException unexpected(String wanted) {
    Token found = peek();
    return FilterProblem.at(
        found.position(), "expected " + wanted + ", found " + found.shown() + ".");
  }

  private static RuntimeException noOperator(Token found) {
    return FilterProblem.at(
        found.position(), "expected a comparison such as = or in, found " + found.shown() + ".");
  }

  private static RuntimeException noValue(Token found) {
    return FilterProblem.at(found.position(), "expected a value, found " + found.shown() + ".");
  }
}
