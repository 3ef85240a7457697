package dev.autopilot.projects.record;

import dev.autopilot.kernel.page.Cursor;
import dev.autopilot.kernel.page.Page;
import dev.autopilot.kernel.page.PageRequest;
import dev.autopilot.projects.database.Schemas;
import dev.autopilot.projects.query.Column;
import dev.autopilot.projects.query.Keyset;
import dev.autopilot.projects.query.RecordQuery;
import dev.autopilot.projects.query.Sort;
import dev.autopilot.projects.schema.Schema;
import dev.autopilot.projects.schema.Value;
import dev.autopilot.projects.storage.RecordCounts;
import dev.autopilot.projects.storage.RecordStore;
import dev.autopilot.projects.storage.StoredRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Pages of records, filtered and sorted. */
@ApplicationScoped
class ListRecords {
  private final Schemas schemas;
  private final RecordStore store;
  private final RecordCounts counts;
  private final Clock clock;

  ListRecords(Schemas schemas, RecordStore store, RecordCounts counts, Clock clock) {
    this.schemas = schemas;
    this.store = store;
    this.counts = counts;
    this.clock = clock;
  }

  Page<RecordView> page(UUID userId, ListRequest request, PageRequest paging) {
    Schema schema = schemas.readable(request.databaseId(), userId);
    RecordQuery query =
        new RecordQuery(
            request.filter(schema, clock.instant()),
            request.search(),
            request.sort(schema),
            paging.cursor(),
            paging.limitPlusOne());
    Set<String> chosen = request.fields(schema);
    Page<StoredRecord> page =
        Page.of(store.page(schema, query), paging, record -> cursor(query.sort(), record));
    return page.map(
            record -> {
              RecordView view = RecordView.of(schema, record);
              return chosen == null ? view : view.only(chosen);
            })
        .withTotal(paging.count() ? total(schema, query) : null);
  }

  /** A whole database's count is kept; only what is chosen from it has to be counted. */
  private Long total(Schema schema, RecordQuery query) {
    return query.filter() == null && query.search() == null
        ? counts.of(schema.databaseId())
        : store.count(schema, query);
  }

  private static Cursor cursor(Sort sort, StoredRecord record) {
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
