package dev.autopilot.projects.storage;

import dev.autopilot.projects.query.Column;
import dev.autopilot.projects.schema.Field;
import dev.autopilot.projects.schema.Shape;
import dev.autopilot.projects.schema.Value;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Columns in SQL. The same expression stands in queries and in indexes, else the planner would not
 * see that the one answers the other.
 */
final class Columns {
  private Columns() {}

  static String sql(Column column) {
    return switch (column) {
      case Column.OfField(var field) -> sql(field);
      case Column.OfRecord.ID -> "id";
      case Column.OfRecord.CREATED_AT -> "created_at";
      case Column.OfRecord.UPDATED_AT -> "updated_at";
      case Column.OfRecord.CREATED_BY -> "created_by";
      case Column.OfRecord.VERSION -> "version";
    };
  }

  /** Collation "C" orders by code point, the same on every machine and after every upgrade. */
  static String sql(Field field) {
    return sql(field.shape(), field.slot());
  }

  static String sql(Shape shape, int slot) {
    return switch (shape) {
      case TEXT -> "((data->>'%d') collate \"C\")".formatted(slot);
      case NUMBER -> "((data->'%d')::numeric)".formatted(slot);
      case FLAG -> "((data->'%d')::boolean)".formatted(slot);
      case TEXTS, TREE -> "(data->'%d')".formatted(slot);
    };
  }

  /** A value as the driver binds it to be compared with that column. */
  static Object bound(Column column, Value value) {
    return switch (column) {
      case Column.OfRecord.ID, Column.OfRecord.CREATED_BY -> UUID.fromString(text(value));
      case Column.OfRecord.CREATED_AT, Column.OfRecord.UPDATED_AT -> Instant.parse(text(value));
      case Column.OfRecord.VERSION -> bound(value);
      case Column.OfField _ -> bound(value);
    };
  }

  private static Object bound(Value value) {
    return switch (value) {
      case Value.Text(var text) -> text;
      case Value.Amount(var number) -> number;
      case Value.Flag(var flag) -> flag;
      case Value.Texts _, Value.Tree _ -> throw new IllegalArgumentException("Not a single value");
    };
  }

  /** The same for a list of values, and what the list is to be cast to. */
  static Object bound(Column column, List<Value> values) {
    return switch (column.shape()) {
      case NUMBER ->
          values.stream().map(v -> ((Value.Amount) v).number()).toArray(BigDecimal[]::new);
      case FLAG -> values.stream().map(v -> ((Value.Flag) v).flag()).toArray(Boolean[]::new);
      case TEXT, TEXTS, TREE -> values.stream().map(Columns::text).toArray(String[]::new);
    };
  }

  static String listType(Column column) {
    return switch (column) {
      case Column.OfRecord.ID, Column.OfRecord.CREATED_BY -> "::text[]::uuid[]";
      case Column.OfRecord.CREATED_AT, Column.OfRecord.UPDATED_AT -> "::text[]::timestamptz[]";
      case Column.OfRecord.VERSION -> "";
      case Column.OfField(var field) -> field.shape() == Shape.TEXT ? "::text[]" : "";
    };
  }

  private static String text(Value value) {
    return ((Value.Text) value).text();
  }
}
