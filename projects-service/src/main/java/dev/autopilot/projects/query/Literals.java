package dev.autopilot.projects.query;

import dev.autopilot.projects.query.Column.OfField;
import dev.autopilot.projects.query.Column.OfRecord;
import dev.autopilot.projects.schema.FieldType;
import dev.autopilot.projects.schema.InvalidValueException;
import dev.autopilot.projects.schema.Shape;
import dev.autopilot.projects.schema.Texts;
import dev.autopilot.projects.schema.Value;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.UUID;

/**
 * Values as a filter writes them, in the form in which the column they are compared with has them.
 */
final class Literals {
  private static final int MAX_SPAN = 100_000_000;
  private static final int MAX_DIGITS = 38;

  private final OffsetDateTime now;

  Literals(Instant now) {
    this.now = now.atOffset(ZoneOffset.UTC);
  }

  /** What a text means depends on the column: words, a day, an instant, an id. */
  private enum Reading {
    PLAIN,
    DATE,
    INSTANT,
    ID
  }

  private static Reading reading(Column column) {
    return switch (column) {
      case OfRecord.ID, OfRecord.CREATED_BY -> Reading.ID;
      case OfRecord.CREATED_AT, OfRecord.UPDATED_AT -> Reading.INSTANT;
      case OfRecord.VERSION -> Reading.PLAIN;
      case OfField(var field) when field.type() == FieldType.DATE -> Reading.DATE;
      case OfField(var field) when field.type() == FieldType.DATETIME -> Reading.INSTANT;
      case OfField _ -> Reading.PLAIN;
    };
  }

  boolean isPlainText(Column column) {
    return column.shape() == Shape.TEXT && reading(column) == Reading.PLAIN;
  }

  Value text(Column column, Token token) {
    if (column.shape() == Shape.NUMBER) {
      return new Value.Amount(prefixed(column, token));
    }
    if (column.shape() == Shape.FLAG) {
      throw FilterProblem.at(token.position(), "expected true or false.");
    }
    String text = storable(token);
    try {
      return new Value.Text(
          switch (reading(column)) {
            case PLAIN -> text;
            case DATE -> Texts.date(text);
            case INSTANT -> Texts.datetime(isDay(text) ? text + "T00:00:00Z" : text);
            case ID -> UUID.fromString(text).toString();
          });
    } catch (InvalidValueException invalid) {
      throw FilterProblem.at(token.position(), invalid.reason());
    } catch (IllegalArgumentException notAnId) {
      throw FilterProblem.at(token.position(), "expected an id.");
    }
  }

  private static boolean isDay(String text) {
    return text.length() == 10;
  }

  /** An autonumber with a prefix is shown as text, and may be asked for as it is shown. */
  private static BigDecimal prefixed(Column column, Token token) {
    if (column instanceof OfField(var field)
        && field.options().prefix() != null
        && token.text().startsWith(field.options().prefix())) {
      String digits = token.text().substring(field.options().prefix().length());
      if (digits.matches("[0-9]{1,18}")) {
        return new BigDecimal(digits);
      }
    }
    throw FilterProblem.at(token.position(), column.key() + " is compared with a number.");
  }

  String storable(Token token) {
    String text = token.text();
    boolean broken = text.indexOf('\0') >= 0 || text.codePoints().anyMatch(Literals::isHalf);
    if (broken) {
      throw FilterProblem.at(token.position(), "this text holds a character that no text can.");
    }
    return text;
  }

  private static boolean isHalf(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  Value number(Column column, Token token, boolean negative) {
    if (token.kind() != Token.Kind.NUMBER) {
      throw FilterProblem.at(token.position(), "expected a number, found " + token.shown() + ".");
    }
    if (column.shape() != Shape.NUMBER) {
      throw FilterProblem.at(token.position(), column.key() + " isn't a number.");
    }
    BigDecimal number = new BigDecimal(token.text());
    if (number.precision() > MAX_DIGITS || number.scale() > MAX_DIGITS) {
      throw FilterProblem.at(token.position(), "at most " + MAX_DIGITS + " digits.");
    }
    return new Value.Amount(negative ? number.negate() : number);
  }

  Value flag(Column column, Token token, boolean flag) {
    if (column.shape() != Shape.FLAG) {
      throw FilterProblem.at(token.position(), column.key() + " isn't true or false.");
    }
    return new Value.Flag(flag);
  }

  /** How many units, signed. */
  long span(Token amount, Token unit, boolean earlier) {
    BigDecimal number = new BigDecimal(amount.text());
    if (number.scale() > 0 || number.compareTo(BigDecimal.valueOf(MAX_SPAN)) > 0) {
      throw FilterProblem.at(amount.position(), "expected a whole number up to " + MAX_SPAN + ".");
    }
    unit(unit.text(), unit);
    return earlier ? -number.longValueExact() : number.longValueExact();
  }

  Value moment(Column column, Token word, long span, String unit) {
    Reading reading = reading(column);
    if (reading != Reading.DATE && reading != Reading.INSTANT) {
      throw FilterProblem.at(word.position(), column.key() + " is neither a date nor an instant.");
    }
    try {
      OffsetDateTime start = word.isWord("today") ? now.truncatedTo(ChronoUnit.DAYS) : now;
      String instant = Texts.instant(start.plus(span, unit(unit, word)).toInstant());
      return new Value.Text(reading == Reading.DATE ? instant.substring(0, 10) : instant);
    } catch (InvalidValueException | DateTimeException outOfTime) {
      throw FilterProblem.at(word.position(), "only the years 1 to 9999.");
    }
  }

  private static ChronoUnit unit(String unit, Token token) {
    return switch (unit.toLowerCase(Locale.ROOT)) {
      case "s" -> ChronoUnit.SECONDS;
      case "m" -> ChronoUnit.MINUTES;
      case "h" -> ChronoUnit.HOURS;
      case "d" -> ChronoUnit.DAYS;
      case "w" -> ChronoUnit.WEEKS;
      case "mo" -> ChronoUnit.MONTHS;
      case "y" -> ChronoUnit.YEARS;
      default -> throw FilterProblem.at(token.position(), "the units are s, m, h, d, w, mo and y.");
    };
  }
}
