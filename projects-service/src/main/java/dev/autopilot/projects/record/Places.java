package dev.autopilot.projects.record;

import dev.autopilot.kernel.page.Cursor;
import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.projects.query.Column;
import dev.autopilot.projects.query.Keyset;
import dev.autopilot.projects.query.RecordQuery;
import dev.autopilot.projects.query.Sort;
import dev.autopilot.projects.schema.Value;
import dev.autopilot.projects.storage.StoredRecord;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Places in sorted lists of records. */
public final class Places {
  /** In an address, whose length servers and proxies bound, often to four thousand characters. */
  private static final int LONGEST = 2_000;

  private Places() {}

  /**
   * The same for a client to hold. Where the keys make it too long, the record stands for them: its
   * own are read again when the list goes on.
   */
  static Cursor told(StoredRecord record, Sort sort) {
    Cursor place = behind(record, sort);
    return place.encode().length() <= LONGEST ? place : Cursor.of(sort.signature(), record.id());
  }

  /** The query as it goes on, also where a record stands for its keys. */
  static RecordQuery goingOn(RecordQuery query, Function<UUID, @Nullable StoredRecord> find) {
    Cursor told = query.after();
    if (told == null || told.size() != 2 || !told.text(0).equals(query.sort().signature())) {
      return query;
    }
    StoredRecord record = find.apply(told.uuid(1));
    if (record == null) {
      throw CommonError.INVALID_CURSOR.problem(
          "The record at which the page ended is gone; begin with the first page again.");
    }
    return query.after(behind(record, query.sort()));
  }

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
