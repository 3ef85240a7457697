package dev.autopilot.projects.query;

import dev.autopilot.kernel.page.Cursor;
import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.projects.schema.Value;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The place behind which a page begins: the sort keys of the record before it, and its id.
 *
 * @param values one for each key of the sort, null where that record had nothing
 */
public record Keyset(List<@Nullable Value> values, UUID id) {
  private static final int MAX_DIGITS = 40;

  public static Cursor cursor(Sort sort, List<@Nullable Value> values, UUID id) {
    @Nullable Object[] parts = new @Nullable Object[values.size() + 2];
    parts[0] = sort.signature();
    parts[1] = id;
    for (int i = 0; i < values.size(); i++) {
      Value value = values.get(i);
      parts[i + 2] = value == null ? null : value.json();
    }
    return Cursor.of(parts);
  }

  /** Reads a cursor as strictly as any input; one of another sort is 400. */
  public static Keyset of(Cursor cursor, Sort sort) {
    if (cursor.size() != sort.keys().size() + 2 || !cursor.text(0).equals(sort.signature())) {
      throw CommonError.INVALID_CURSOR.problem("The cursor belongs to another sort.");
    }
    List<@Nullable Value> values = new ArrayList<>();
    for (int i = 0; i < sort.keys().size(); i++) {
      values.add(value(cursor, i + 2, sort.keys().get(i).column()));
    }
    return new Keyset(values, cursor.uuid(1));
  }

  private static @Nullable Value value(Cursor cursor, int index, Column column) {
    if (cursor.isNull(index)) {
      if (!column.isNullable()) {
        throw CommonError.INVALID_CURSOR.problem();
      }
      return null;
    }
    return switch (column) {
      case Column.OfRecord.ID, Column.OfRecord.CREATED_BY ->
          new Value.Text(cursor.uuid(index).toString());
      case Column.OfRecord.CREATED_AT, Column.OfRecord.UPDATED_AT ->
          new Value.Text(instant(cursor.instant(index)));
      default ->
          switch (column.shape()) {
            case TEXT -> new Value.Text(cursor.text(index));
            case NUMBER -> new Value.Amount(bounded(cursor.decimal(index)));
            case FLAG -> new Value.Flag(cursor.flag(index));
            case TEXTS, TREE -> throw CommonError.INVALID_CURSOR.problem();
          };
    };
  }

  /** A number that no record can hold is not from a cursor of ours. */
  private static BigDecimal bounded(BigDecimal number) {
    if (number.precision() > MAX_DIGITS || Math.abs(number.scale()) > MAX_DIGITS) {
      throw CommonError.INVALID_CURSOR.problem();
    }
    return number;
  }

  private static String instant(Instant instant) {
    int year = instant.atOffset(ZoneOffset.UTC).getYear();
    if (year < 1 || year > 9999) {
      throw CommonError.INVALID_CURSOR.problem();
    }
    return instant.toString();
  }
}
