package dev.autopilot.projects.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.kernel.problem.ProblemException;
import dev.autopilot.projects.record.DeleteRecords;
import dev.autopilot.projects.record.RecordError;
import dev.autopilot.projects.record.RecordWriter;
import dev.autopilot.projects.record.Written;
import dev.autopilot.projects.schema.Field;
import dev.autopilot.projects.schema.InvalidValueException;
import dev.autopilot.projects.schema.RecordReader;
import dev.autopilot.projects.schema.Schema;
import dev.autopilot.projects.schema.Value;
import dev.autopilot.projects.schema.ValueReader;
import dev.autopilot.projects.schema.Values;
import dev.autopilot.projects.sql.Portion;
import dev.autopilot.projects.sql.Savepoints;
import dev.autopilot.projects.storage.RecordStore;
import dev.autopilot.projects.storage.StoredRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One bulk request at work, in one transaction. */
final class Batch {
  /**
   * Bytes. A request of a few thousand could otherwise hold half a gigabyte of records: as they
   * were, as they are then, and as the answer. Twice as many were more than a heap of 96 MB has.
   */
  private static final long CAPACITY = 4 * 1024 * 1024;

  private final Schema schema;
  private final UUID by;
  private final RecordStore store;
  private final RecordWriter writer;
  private final DeleteRecords delete;
  private final Savepoints savepoints;
  private final boolean atomic;
  private final List<Row> rows = new ArrayList<>();
  private final Map<UUID, StoredRecord> locked = new HashMap<>();
  private final Set<UUID> touched = new HashSet<>();
  private long room = CAPACITY;

  Batch(
      Schema schema,
      UUID by,
      RecordStore store,
      RecordWriter writer,
      DeleteRecords delete,
      Savepoints savepoints,
      boolean atomic) {
    this.schema = schema;
    this.by = by;
    this.store = store;
    this.writer = writer;
    this.delete = delete;
    this.savepoints = savepoints;
    this.atomic = atomic;
  }

  List<Row> rows() {
    return rows;
  }

  void create(List<ObjectNode> values) {
    List<Row> pending = new ArrayList<>();
    List<Values> valid = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      Row row = row("create", i);
      ObjectNode json = values.get(i);
      Values read = read(row, () -> RecordReader.create(schema, json));
      if (read != null) {
        pending.add(row);
        valid.add(read);
      }
    }
    settle(pending, make(valid));
  }

  /** All at once and in one order, so that two requests never wait for each other in a circle. */
  void lock(BulkRequest request) {
    Set<UUID> ids = new HashSet<>();
    if (request.update() != null) {
      request.update().forEach(update -> ids.add(update.id()));
    }
    if (request.delete() != null) {
      ids.addAll(request.delete());
    }
    BulkRequest.Upsert upsert = request.upsert();
    if (upsert != null) {
      Field field = upsertField(upsert);
      List<Value> held = new ArrayList<>();
      upsert.values().forEach(json -> held.addAll(value(field, json)));
      ids.addAll(store.holding(schema, field, held));
    }
    List<StoredRecord> _ = lock(ids);
  }

  private List<StoredRecord> lock(Collection<UUID> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    Portion<StoredRecord> found = store.lock(schema, ids, room);
    room -= found.bytes();
    if (found.more() || room < 0) {
      throw tooMuch();
    }
    found.rows().forEach(record -> locked.put(record.id(), record));
    return found.rows();
  }

  /** What is to be made. A default may make much of little, and each record has its own. */
  private List<Written> make(List<Values> values) {
    room -= values.stream().mapToLong(Values::bytes).sum();
    if (room < 0) {
      throw tooMuch();
    }
    return writer.create(schema, by, values);
  }

  private static ProblemException tooMuch() {
    return RecordError.TOO_MUCH_AT_ONCE.problem(
        "The records that one request makes, changes and deletes hold at most %d MiB together."
            .formatted(CAPACITY >> 20));
  }

  void update(List<BulkRequest.Update> updates) {
    Edits edits = new Edits();
    for (int i = 0; i < updates.size(); i++) {
      BulkRequest.Update update = updates.get(i);
      StoredRecord before = take(row("update", i), update.id());
      if (before == null) {
        continue;
      }
      Row row = rows.getLast();
      if (update.version() != null && update.version() != before.version()) {
        row.refuse(
            CommonError.PRECONDITION_FAILED.problem("It is at version " + before.version() + "."));
        continue;
      }
      edits.add(row, before, update.values());
    }
    edits.write();
  }

  void upsert(BulkRequest.Upsert upsert) {
    Field field = upsertField(upsert);
    Map<Value, StoredRecord> holders = holders(field, locked.values());
    Edits edits = new Edits();
    List<Row> created = new ArrayList<>();
    List<Values> fresh = new ArrayList<>();
    for (int i = 0; i < upsert.values().size(); i++) {
      Row row = row("upsert", i);
      ObjectNode json = upsert.values().get(i);
      List<Value> key = value(field, json);
      StoredRecord holder = key.isEmpty() ? null : holders.get(key.getFirst());
      if (holder != null && take(row, holder.id()) != null) {
        edits.add(row, holder, json);
      } else if (!row.isRefused()) {
        Values read = read(row, () -> RecordReader.create(schema, json));
        if (read != null) {
          created.add(row);
          fresh.add(read);
        }
      }
    }
    edits.write();
    settle(created, make(fresh));
    editWhatCameMeanwhile(field, upsert, created);
  }

  /**
   * Between looking and inserting somebody else may have made a record of that key, for whom the
   * insertion has waited: then that is the one to be changed.
   */
  private void editWhatCameMeanwhile(Field field, BulkRequest.Upsert upsert, List<Row> created) {
    List<Row> late = created.stream().filter(r -> r.isRefusedAs(RecordError.NOT_UNIQUE)).toList();
    if (late.isEmpty()) {
      return;
    }
    Set<UUID> own = new HashSet<>();
    created.forEach(row -> own.addAll(row.ids()));
    List<Value> keys = new ArrayList<>();
    late.forEach(row -> keys.addAll(value(field, upsert.values().get(row.index()))));
    List<UUID> others =
        store.holding(schema, field, keys).stream()
            .filter(id -> !own.contains(id) && !touched.contains(id))
            .toList();
    if (others.isEmpty()) {
      return;
    }
    Map<Value, StoredRecord> holders = holders(field, lock(others));
    Edits edits = new Edits();
    for (Row row : late) {
      ObjectNode json = upsert.values().get(row.index());
      List<Value> key = value(field, json);
      StoredRecord holder = key.isEmpty() ? null : holders.get(key.getFirst());
      if (holder != null && take(row, holder.id()) != null) {
        edits.add(row, holder, json);
      }
    }
    edits.write();
  }

  private static Map<Value, StoredRecord> holders(Field field, Collection<StoredRecord> records) {
    Map<Value, StoredRecord> holders = new HashMap<>();
    for (StoredRecord record : records) {
      Value value = record.values().get(field);
      if (value != null) {
        holders.put(value, record);
      }
    }
    return holders;
  }

  void delete(List<UUID> ids) {
    List<StoredRecord> records = new ArrayList<>();
    List<Row> pending = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      StoredRecord record = take(row("delete", i), ids.get(i));
      if (record != null) {
        records.add(record);
        pending.add(rows.getLast());
      }
    }
    if (atomic) {
      remove(pending, records);
      return;
    }
    try {
      savepoints.attempt(() -> remove(pending, records));
    } catch (ProblemException oneIsNeeded) {
      for (int i = 0; i < records.size(); i++) {
        List<Row> row = pending.subList(i, i + 1);
        List<StoredRecord> record = records.subList(i, i + 1);
        alone(row.getFirst(), () -> remove(row, record));
      }
    }
  }

  private boolean remove(List<Row> pending, List<StoredRecord> records) {
    if (!records.isEmpty()) {
      delete.delete(schema, by, records);
    }
    for (int i = 0; i < records.size(); i++) {
      pending.get(i).deleted(records.get(i).id());
    }
    return true;
  }

  private Field upsertField(BulkRequest.Upsert upsert) {
    Field field = schema.field(upsert.on());
    if (field == null || !field.unique()) {
      throw CommonError.VALIDATION_FAILED.at("/upsert/on", "The key of a unique field is needed.");
    }
    return field;
  }

  /** The value that decides; none when it is absent or no value of the field. */
  private static List<Value> value(Field field, ObjectNode json) {
    JsonNode value = json.get(field.key());
    try {
      return value == null || value.isNull() ? List.of() : List.of(ValueReader.read(field, value));
    } catch (InvalidValueException invalid) {
      return List.of(); // It is refused, with its reason, when the whole row is read.
    }
  }

  private Row row(String operation, int index) {
    Row row = new Row(operation, index);
    rows.add(row);
    return row;
  }

  /** The record, once: a second change of it in the same request would overwrite the first. */
  private @Nullable StoredRecord take(Row row, UUID id) {
    StoredRecord record = locked.get(id);
    if (record == null) {
      row.refuse(CommonError.NOT_FOUND.problem());
      return null;
    }
    if (!touched.add(id)) {
      row.refuse(CommonError.CONFLICT.problem("Another row of the request changes this record."));
      return null;
    }
    return record;
  }

  private static @Nullable Values read(Row row, java.util.function.Supplier<Values> reading) {
    try {
      return reading.get();
    } catch (ProblemException invalid) {
      row.refuse(invalid);
      return null;
    }
  }

  private void settle(List<Row> pending, List<Written> outcomes) {
    for (int i = 0; i < pending.size(); i++) {
      pending.get(i).settle(outcomes.get(i));
    }
  }

  private void alone(Row row, java.util.function.Supplier<?> part) {
    try {
      Object _ = savepoints.attempt(part);
    } catch (ProblemException refused) {
      row.refuse(refused);
    }
  }

  /** Changes of existing records, collected and then written together. */
  private final class Edits {
    private final List<Row> pending = new ArrayList<>();
    private final List<StoredRecord> before = new ArrayList<>();
    private final List<Values> after = new ArrayList<>();

    void add(Row row, StoredRecord record, ObjectNode patch) {
      Values values = read(row, () -> RecordReader.patch(schema, record.values(), patch));
      if (values == null) {
        return;
      }
      if (values.changedFrom(record.values(), schema).isEmpty()) {
        row.settle(new Written.Stored(record));
        return;
      }
      pending.add(row);
      before.add(record);
      after.add(values);
    }

    /** In one statement; only when that meets a value that is taken, and rows may fail, singly. */
    void write() {
      try {
        settle(pending, savepoints.attempt(() -> writer.update(schema, by, before, after)));
      } catch (ProblemException notUnique) {
        for (int i = 0; i < pending.size(); i++) {
          writeAlone(i);
        }
      }
    }

    private void writeAlone(int i) {
      Row row = pending.get(i);
      alone(
          row,
          () -> {
            settle(
                List.of(row),
                writer.update(schema, by, before.subList(i, i + 1), after.subList(i, i + 1)));
            return Objects.requireNonNull(row);
          });
    }
  }
}
