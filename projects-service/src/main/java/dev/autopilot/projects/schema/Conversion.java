package dev.autopilot.projects.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Values of one field as values of another: what a cell of a spreadsheet would be read as. */
public final class Conversion {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Conversion() {}

  public static Value convert(Field from, Value value, Field to) throws InvalidValueException {
    return from.type() == to.type() && from.shape() == to.shape()
        ? ValueReader.read(to, JSON.<JsonNode>valueToTree(value.json()))
        : CellReader.read(to, text(value));
  }

  private static String text(Value value) {
    return switch (value) {
      case Value.Text(var text) -> text;
      case Value.Amount(var number) -> number.toPlainString();
      case Value.Flag(var flag) -> Boolean.toString(flag);
      case Value.Texts(var texts) -> String.join(";", texts);
      case Value.Tree(var tree) -> tree.toString();
    };
  }

  /** Whether values of the one may be tried as values of the other at all. */
  public static boolean isPossible(Field from, Field to) {
    return (isPlain(from) && isPlain(to)) || from.type() == to.type();
  }

  /** Relations and numbers given by the server mean more than their values say. */
  private static boolean isPlain(Field field) {
    return switch (field.type()) {
      case RELATION, AUTONUMBER, FILE -> false;
      case TEXT, LONG_TEXT, NUMBER, DECIMAL, BOOLEAN, DATE, DATETIME -> true;
      case SELECT, MULTI_SELECT, EMAIL, URL, JSON -> true;
    };
  }
}
