package dev.autopilot.projects.query;

import dev.autopilot.projects.schema.Value;
import java.util.List;
import java.util.stream.Collectors;

/** A filter in the language's own words. */
final class Written {
  private Written() {}

  static String of(Filter filter) {
    return switch (filter) {
      case Filter.And(var all) -> chain(all, " and ");
      case Filter.Or(var any) -> chain(any, " or ");
      case Filter.Not(var inner) -> "not (" + of(inner) + ")";
      case Filter.IsNull(var column) -> column.key() + " is null";
      case Filter.Contains(var column, var text) -> column.key() + " ~ " + text(text);
      case Filter.Between(var column, var low, var high) ->
          column.key() + " between " + of(low) + " and " + of(high);
      case Filter.In(var column, var values) ->
          values.stream()
              .map(Written::of)
              .collect(Collectors.joining(", ", column.key() + " in (", ")"));
      case Filter.Compare(var column, var operator, var value) ->
          column.key() + symbol(operator) + of(value);
    };
  }

  private static String chain(List<Filter> parts, String word) {
    return parts.stream().map(part -> "(" + of(part) + ")").collect(Collectors.joining(word));
  }

  private static String of(Value value) {
    return switch (value) {
      case Value.Text(var text) -> text(text);
      case Value.Amount(var number) -> number.toPlainString();
      case Value.Flag(var flag) -> Boolean.toString(flag);
      case Value.Texts _, Value.Tree _ -> throw new IllegalArgumentException("No literal");
    };
  }

  private static String text(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private static String symbol(Filter.Operator operator) {
    return switch (operator) {
      case EQUAL -> " = ";
      case LESS -> " < ";
      case LESS_OR_EQUAL -> " <= ";
      case GREATER -> " > ";
      case GREATER_OR_EQUAL -> " >= ";
    };
  }
}
