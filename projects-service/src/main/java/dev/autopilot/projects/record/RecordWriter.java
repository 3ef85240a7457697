package dev.autopilot.projects.record;

import dev.autopilot.events.outbox.Outbox;
import dev.autopilot.kernel.Ids;
import dev.autopilot.projects.revision.Revisions;
import dev.autopilot.projects.schema.Field;
import dev.autopilot.projects.schema.FieldType;
import dev.autopilot.projects.schema.Schema;
import dev.autopilot.projects.schema.Value;
import dev.autopilot.projects.schema.Values;
import dev.autopilot.projects.storage.NotUniqueException;
import dev.autopilot.projects.storage.RecordCounts;
import dev.autopilot.projects.storage.RecordStore;
import dev.autopilot.projects.storage.StoredRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The one way in which records change. Whatever it writes, one or a thousand, it writes in a few
 * statements, and row, revision, count and event commit together with the caller's transaction.
 */
@ApplicationScoped
public class RecordWriter {
  private final RecordStore store;
  private final RecordCounts counts;
  private final Revisions revisions;
  private final Outbox outbox;
  private final Clock clock;

  RecordWriter(
      RecordStore store, RecordCounts counts, Revisions revisions, Outbox outbox, Clock clock) {
    this.store = store;
    this.counts = counts;
    this.revisions = revisions;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Creates those that break no unique field; what became of each, in the order given. */
  public List<Written> create(Schema schema, UUID by, List<Values> rows) {
    Instant now = now();
    List<StoredRecord> records = new ArrayList<>(rows.size());
    for (Values values : numbered(schema, rows)) {
      records.add(new StoredRecord(Ids.next(), values, 1, now, now, by));
    }
    Set<UUID> inserted = store.insert(schema, records);
    List<Written> outcomes = new ArrayList<>(rows.size());
    List<Change> changes = new ArrayList<>(rows.size());
    for (StoredRecord record : records) {
      if (inserted.contains(record.id())) {
        changes.add(Change.created(schema, record, by, now));
        outcomes.add(new Written.Stored(record));
      } else {
        outcomes.add(new Written.Refused(RecordError.notUnique(taken(schema, record))));
      }
    }
    note(schema, changes);
    return outcomes;
  }

  /** Writes the new states of records that are locked and read in this transaction. */
  public List<StoredRecord> update(
      Schema schema, UUID by, List<StoredRecord> before, List<Values> after) {
    Instant now = now();
    List<StoredRecord> records = new ArrayList<>();
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      StoredRecord record = before.get(i).changed(after.get(i), now);
      records.add(record);
      changes.add(Change.updated(schema, before.get(i), record, by, now));
    }
    try {
      store.update(schema, records);
    } catch (NotUniqueException notUnique) {
      throw RecordError.notUnique(notUnique.field());
    }
    note(schema, changes);
    return records;
  }

  /** Deletes records that are locked and read in this transaction; their history stays. */
  public void delete(Schema schema, UUID by, List<StoredRecord> records) {
    Instant now = now();
    store.delete(schema, records.stream().map(StoredRecord::id).toList());
    note(schema, records.stream().map(record -> Change.deleted(schema, record, by, now)).toList());
  }

  private void note(Schema schema, List<Change> changes) {
    revisions.add(changes.stream().map(Change::revision).toList());
    counts.add(schema.databaseId(), changes.stream().mapToInt(RecordWriter::difference).sum());
    outbox.appendAll(changes.stream().map(Change::event).toList());
  }

  private static int difference(Change change) {
    return switch (change.operation()) {
      case CREATED, RESTORED -> 1;
      case UPDATED -> 0;
      case DELETED -> -1;
    };
  }

  private List<Values> numbered(Schema schema, List<Values> rows) {
    List<Values> numbered = rows;
    for (Field field : schema.fields()) {
      if (field.type() == FieldType.AUTONUMBER) {
        List<BigDecimal> numbers = store.numbers(schema, field, rows.size());
        List<Values> next = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
          next.add(numbered.get(i).with(field, new Value.Amount(numbers.get(i))));
        }
        numbered = next;
      }
    }
    return numbered;
  }

  /** Which field kept a record out; whoever held the value may have let it go since. */
  private Field taken(Schema schema, StoredRecord record) {
    Field taken = store.takenField(schema, record.id(), record.values());
    if (taken != null) {
      return taken;
    }
    return schema.fields().stream().filter(Field::unique).findFirst().orElseThrow();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
