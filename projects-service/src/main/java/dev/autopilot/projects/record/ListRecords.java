package dev.autopilot.projects.record;

import dev.autopilot.kernel.page.Page;
import dev.autopilot.kernel.page.PageRequest;
import dev.autopilot.projects.database.Schemas;
import dev.autopilot.projects.query.RecordQuery;
import dev.autopilot.projects.schema.Schema;
import dev.autopilot.projects.storage.RecordCounts;
import dev.autopilot.projects.storage.RecordStore;
import dev.autopilot.projects.storage.StoredRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;

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
        Places.goingOn(
            request.query(schema, clock.instant(), paging.cursor(), paging.limit()),
            id -> store.find(schema, id));
    Set<String> chosen = request.fields(schema);
    Page<StoredRecord> page =
        store.page(schema, query).page(record -> Places.told(record, query.sort()));
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
}
