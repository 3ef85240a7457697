package dev.autopilot.projects.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Reads the text of a spreadsheet's cell as a value of a field; more forgiving than JSON. */
public final class CellReader {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** Nothing that a field takes is longer; a file's cell may be, by far. */
  private static final int MAX_CELL = 2 * Texts.MAX_LONG_TEXT;

  /** Reading digits costs the square of their number; no number that is stored needs more. */
  private static final int MAX_NUMBER = 100;

  private CellReader() {}

  /** The value; the cell is not empty. */
  public static Value read(Field field, String cell) throws InvalidValueException {
    if (cell.length() > MAX_CELL) {
      throw new InvalidValueException("Longer than any value.");
    }
    return switch (field.type()) {
      case TEXT, LONG_TEXT -> new Value.Text(Texts.read(field, cell));
      case DATE, SELECT, EMAIL, URL, FILE -> new Value.Text(Texts.read(field, cell.strip()));
      case DATETIME -> new Value.Text(Texts.read(field, withZone(cell.strip())));
      case NUMBER, DECIMAL -> new Value.Amount(Numbers.read(field, number(cell.strip())));
      case BOOLEAN -> new Value.Flag(flag(cell.strip()));
      case MULTI_SELECT -> new Value.Texts(ValueReader.texts(field, items(cell)));
      case RELATION ->
          field.options().isMany()
              ? new Value.Texts(ValueReader.texts(field, items(cell)))
              : new Value.Text(Texts.read(field, cell.strip()));
      case JSON -> new Value.Tree(ValueReader.tree(tree(cell)));
      case AUTONUMBER -> throw new InvalidValueException("It is numbered by the server.");
    };
  }

  /** Spreadsheets write a space for the T, and know no zone: that is UTC then. */
  private static String withZone(String cell) {
    String text = cell.replaceFirst("^(\\d{4}-\\d\\d-\\d\\d) ", "$1T");
    if (text.matches("\\d{4}-\\d\\d-\\d\\d")) {
      return text + "T00:00:00Z";
    }
    return text.matches(".*T[0-9:.]+") ? text + "Z" : text;
  }

  private static BigDecimal number(String cell) throws InvalidValueException {
    if (cell.length() > MAX_NUMBER) {
      throw new InvalidValueException(
          "Expected a number of at most " + MAX_NUMBER + " characters.");
    }
    try {
      return new BigDecimal(cell);
    } catch (NumberFormatException notANumber) {
      throw new InvalidValueException("Expected a number.");
    }
  }

  private static boolean flag(String cell) throws InvalidValueException {
    return switch (cell.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "1", "t", "y" -> true;
      case "false", "no", "0", "f", "n" -> false;
      default -> throw new InvalidValueException("Expected true or false.");
    };
  }

  private static List<String> items(String cell) {
    return Arrays.stream(cell.split(";")).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  private static JsonNode tree(String cell) throws InvalidValueException {
    try {
      return JSON.readTree(cell);
    } catch (JsonProcessingException notJson) {
      throw new InvalidValueException("Expected JSON.");
    }
  }
}
