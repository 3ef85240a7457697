package dev.autopilot.projects.record;

import dev.autopilot.events.outbox.Outbox;
import dev.autopilot.kernel.Ids;
import dev.autopilot.kernel.problem.ProblemException;
import dev.autopilot.projects.revision.Operation;
import dev.autopilot.projects.revision.Revisions;
import dev.autopilot.projects.schema.Field;
import dev.autopilot.projects.schema.FieldType;
import dev.autopilot.projects.schema.Schema;
import dev.autopilot.projects.schema.Value;
import dev.autopilot.projects.schema.Values;
import dev.autopilot.projects.sql.Portion;
import dev.autopilot.projects.storage.Links;
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
import org.jspecify.annotations.Nullable;

/**
 * The one way in which records change. Whatever it writes, one or a thousand, it writes in a few
 * statements, and row, revision, count and event commit together with the caller's transaction.
 */
@ApplicationScoped
public class RecordWriter {
  private final RecordStore store;
  private final RecordCounts counts;
  private final Links links;
  private final Relations relations;
  private final Revisions revisions;
  private final Outbox outbox;
  private final Clock clock;

  RecordWriter(
      RecordStore store,
      RecordCounts counts,
      Links links,
      Relations relations,
      Revisions revisions,
      Outbox outbox,
      Clock clock) {
    this.store = store;
    this.counts = counts;
    this.links = links;
    this.relations = relations;
    this.revisions = revisions;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Creates those that break no rule; what became of each, in the order given. */
  public List<Written> create(Schema schema, UUID by, List<Values> rows) {
    Instant now = now();
    List<@Nullable ProblemException> problems = relations.check(schema, rows);
    List<StoredRecord> records = new ArrayList<>(rows.size());
    for (Values values : numbered(schema, rows)) {
      records.add(new StoredRecord(Ids.next(), values, 1, now, now, by));
    }
    Set<UUID> inserted = store.insert(schema, without(problems, records));
    List<Written> outcomes = new ArrayList<>(rows.size());
    List<Change> changes = new ArrayList<>(rows.size());
    for (int i = 0; i < records.size(); i++) {
      StoredRecord record = records.get(i);
      ProblemException problem = problems.get(i);
      if (problem != null) {
        outcomes.add(new Written.Refused(problem));
      } else if (inserted.contains(record.id())) {
        changes.add(Change.created(schema, record, by, now));
        outcomes.add(new Written.Stored(record));
      } else {
        outcomes.add(new Written.Refused(RecordError.notUnique(taken(schema, record))));
      }
    }
    note(schema, changes);
    return outcomes;
  }

  /**
   * Writes the new states of records that are locked and read in this transaction; what became of
   * each. A value that isn't unique is thrown as a refusal of them all, and then the transaction
   * can only be rolled back, or to a savepoint.
   */
  public List<Written> update(
      Schema schema, UUID by, List<StoredRecord> before, List<Values> after) {
    Instant now = now();
    List<@Nullable ProblemException> problems =
        relations.check(schema, before.stream().map(StoredRecord::values).toList(), after);
    List<StoredRecord> records = new ArrayList<>();
    List<Change> changes = new ArrayList<>();
    List<Written> outcomes = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      StoredRecord record = before.get(i).changed(after.get(i), now);
      ProblemException problem = problems.get(i);
      if (problem == null) {
        records.add(record);
        changes.add(Change.updated(schema, before.get(i), record, by, now));
      }
      outcomes.add(problem == null ? new Written.Stored(record) : new Written.Refused(problem));
    }
    try {
      store.update(schema, records);
    } catch (NotUniqueException notUnique) {
      throw RecordError.notUnique(notUnique.field());
    }
    note(schema, changes);
    return outcomes;
  }

  /** Brings a deleted record back under its id, one version further than its last. */
  public StoredRecord restore(Schema schema, UUID by, StoredRecord record) {
    ProblemException problem = relations.check(schema, List.of(record.values())).getFirst();
    if (problem != null) {
      throw problem;
    }
    if (store.insert(schema, List.of(record)).isEmpty()) {
      throw RecordError.notUnique(taken(schema, record));
    }
    note(schema, List.of(Change.restored(schema, record, by, record.updatedAt())));
    return record;
  }

  /** Deletes records that nothing points at; their history stays. See {@link DeleteRecords}. */
  void delete(Schema schema, UUID by, List<StoredRecord> records) {
    Instant now = now();
    store.delete(schema, records.stream().map(StoredRecord::id).toList());
    note(schema, records.stream().map(record -> Change.deleted(schema, record, by, now)).toList());
  }

  private static List<StoredRecord> without(
      List<@Nullable ProblemException> problems, List<StoredRecord> records) {
    List<StoredRecord> sound = new ArrayList<>(records.size());
    for (int i = 0; i < records.size(); i++) {
      if (problems.get(i) == null) {
        sound.add(records.get(i));
      }
    }
    return sound;
  }

  private void note(Schema schema, List<Change> changes) {
    if (changes.isEmpty()) {
      return;
    }
    links(schema, changes);
    for (List<Change> some : Portion.split(changes, Change::bytes)) {
      revisions.add(some.stream().map(Change::revision).toList());
      outbox.appendAll(some.stream().map(Change::event).toList());
    }
    counts.add(schema.databaseId(), changes.stream().mapToInt(RecordWriter::difference).sum());
  }

  private void links(Schema schema, List<Change> changes) {
    if (changes.getFirst().operation() == Operation.DELETED) {
      links.remove(schema, changes.stream().map(change -> change.after().id()).toList());
    } else {
      links.replace(schema, changes.stream().map(Change::after).toList());
    }
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
