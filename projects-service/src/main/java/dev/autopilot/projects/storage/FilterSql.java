package dev.autopilot.projects.storage;

import dev.autopilot.projects.query.Column;
import dev.autopilot.projects.query.Filter;
import dev.autopilot.projects.schema.Shape;
import dev.autopilot.projects.sql.Statement;
import java.util.List;

/**
 * A filter in SQL. SQL's third truth value is folded away where it matters: in a chain of {@code
 * and} and {@code or} unknown acts as false, and a negation is {@code is not true}.
 */
final class FilterSql {
  /** Folds case the same everywhere, whatever the locale that the database was made with. */
  private static final String FOLDED = "lower(%s collate \"pg_c_utf8\")";

  private FilterSql() {}

  static Statement of(Filter filter) {
    return switch (filter) {
      case Filter.And(var all) -> chain(all, " and ");
      case Filter.Or(var any) -> chain(any, " or ");
      case Filter.Not(var inner) -> Statement.of("(").add(of(inner)).add(" is not true)");
      case Filter.Compare(var column, var operator, var value) ->
          Statement.of(
              "(" + Columns.sql(column) + symbol(operator) + "?)", Columns.bound(column, value));
      case Filter.Between(var column, var low, var high) ->
          Statement.of(
              "(" + Columns.sql(column) + " between ? and ?)",
              Columns.bound(column, low),
              Columns.bound(column, high));
      case Filter.In(var column, var values) when column.shape() == Shape.TEXTS ->
          Statement.of(
              "jsonb_exists_any(" + Columns.sql(column) + ", ?)", Columns.bound(column, values));
      case Filter.In(var column, var values) ->
          Statement.of(
              "(" + Columns.sql(column) + " = any (?" + Columns.listType(column) + "))",
              Columns.bound(column, values));
      case Filter.Contains(var column, var text) -> contains(column, text);
      case Filter.IsNull(var column) -> Statement.of("(" + Columns.sql(column) + " is null)");
    };
  }

  private static Statement chain(List<Filter> filters, String word) {
    Statement chain = Statement.of("(");
    for (int i = 0; i < filters.size(); i++) {
      chain.add(i == 0 ? "" : word).add(of(filters.get(i)));
    }
    return chain.add(")");
  }

  private static Statement contains(Column column, String text) {
    if (column.shape() == Shape.TEXTS) {
      return Statement.of("(" + Columns.sql(column) + " @> to_jsonb(?::text))", text);
    }
    return Statement.of(
        "(strpos("
            + FOLDED.formatted(Columns.sql(column))
            + ", "
            + FOLDED.formatted("?::text")
            + ") > 0)",
        text);
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
