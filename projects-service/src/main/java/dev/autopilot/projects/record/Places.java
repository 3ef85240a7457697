package dev.autopilot.projects.record;

import dev.autopilot.kernel.page.Cursor;
import dev.autopilot.projects.query.Column;
import dev.autopilot.projects.query.Keyset;
import dev.autopilot.projects.query.Sort;
import dev.autopilot.projects.schema.Value;
import dev.autopilot.projects.storage.StoredRecord;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Places in sorted lists of records. */
public final class Places {
  private Places() {}

  /** Where a list goes on behind a record. */
  public static Cursor behind(StoredRecord record, Sort sort) {
    List<@Nullable Value> values = new ArrayList<>();
    for (Sort.Key key : sort.keys()) {
      values.add(value(key.column(), record));
    }
    return Keyset.cursor(sort, values, record.id());
  }

  private static @Nullable Value value(Column column, StoredRecord record) {
    return switch (column) {
      case Column.OfField(var field) -> record.values().get(field);
      case Column.OfRecord.ID -> new Value.Text(record.id().toString());
      case Column.OfRecord.CREATED_AT -> new Value.Text(record.createdAt().toString());
      case Column.OfRecord.UPDATED_AT -> new Value.Text(record.updatedAt().toString());
      case Column.OfRecord.CREATED_BY -> new Value.Text(record.createdBy().toString());
      case Column.OfRecord.VERSION -> new Value.Amount(BigDecimal.valueOf(record.version()));
    };
  }
}
