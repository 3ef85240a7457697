package dev.autopilot.projects.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON as a value of a field, strictly: nothing is coerced, and what is read is what will be
 * read again.
 */
public final class ValueReader {
  /** Items of a {@code multi_select} or of a relation to many. */
  static final int MAX_ITEMS = 100;

  private static final int MAX_TREE = 65_536;
  private static final Pattern SHOWN_NUMBER = Pattern.compile("(?s)(?:.*[^0-9])?([0-9]{1,18})");

  private ValueReader() {}

  /** The value; the JSON is not null. */
  public static Value read(Field field, JsonNode json) throws InvalidValueException {
    return switch (field.type()) {
      case TEXT, LONG_TEXT, DATE, DATETIME, SELECT, EMAIL, URL, FILE ->
          new Value.Text(Texts.read(field, text(json)));
      case NUMBER, DECIMAL -> new Value.Amount(Numbers.read(field, number(json)));
      case BOOLEAN -> new Value.Flag(flag(json));
      case MULTI_SELECT -> new Value.Texts(texts(field, json));
      case RELATION ->
          field.options().isMany()
              ? new Value.Texts(texts(field, json))
              : new Value.Text(Texts.read(field, text(json)));
      case JSON -> new Value.Tree(tree(json));
      case AUTONUMBER -> throw new InvalidValueException("It is numbered by the server.");
    };
  }

  /** An autonumber as it was shown, under whatever prefix it had then; null if it is none. */
  public static @Nullable Value readNumber(@Nullable JsonNode json) {
    Matcher shown = SHOWN_NUMBER.matcher(json == null ? "" : json.asText());
    return shown.matches() ? new Value.Amount(new BigDecimal(shown.group(1))) : null;
  }

  private static String text(JsonNode json) throws InvalidValueException {
    if (!json.isTextual()) {
      throw new InvalidValueException("Expected text.");
    }
    return json.textValue();
  }

  private static BigDecimal number(JsonNode json) throws InvalidValueException {
    if (!json.isNumber()) {
      throw new InvalidValueException("Expected a number.");
    }
    return json.decimalValue();
  }

  private static boolean flag(JsonNode json) throws InvalidValueException {
    if (!json.isBoolean()) {
      throw new InvalidValueException("Expected true or false.");
    }
    return json.booleanValue();
  }

  private static List<String> texts(Field field, JsonNode json) throws InvalidValueException {
    if (!json.isArray()) {
      throw new InvalidValueException("Expected a list.");
    }
    List<String> items = new ArrayList<>();
    for (JsonNode item : json) {
      items.add(text(item));
    }
    return texts(field, items);
  }

  static List<String> texts(Field field, List<String> items) throws InvalidValueException {
    if (items.size() > MAX_ITEMS) {
      throw new InvalidValueException("At most " + MAX_ITEMS + " items.");
    }
    Set<String> distinct = new LinkedHashSet<>();
    for (String item : items) {
      distinct.add(Texts.read(field, item));
    }
    return List.copyOf(distinct);
  }

  static JsonNode tree(JsonNode json) throws InvalidValueException {
    requireStorable(json);
    if (Objects.toString(json).length() > MAX_TREE) {
      throw new InvalidValueException("At most " + MAX_TREE + " characters of JSON.");
    }
    return json;
  }

  /** PostgreSQL holds neither U+0000 nor half a surrogate pair, nor numbers without measure. */
  private static void requireStorable(JsonNode json) throws InvalidValueException {
    if (json.isTextual()) {
      Texts.requireStorable(json.textValue());
    } else if (json.isNumber()) {
      Numbers.requireStorable(json.decimalValue());
    } else if (json.isObject()) {
      for (var property : json.properties()) {
        Texts.requireStorable(property.getKey());
        requireStorable(property.getValue());
      }
    } else {
      for (JsonNode item : json) {
        requireStorable(item);
      }
    }
  }
}
