package dev.autopilot.projects.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.projects.database.Schemas;
import dev.autopilot.projects.record.RecordView;
import dev.autopilot.projects.record.RecordWriter;
import dev.autopilot.projects.revision.Revision;
import dev.autopilot.projects.revision.Revisions;
import dev.autopilot.projects.schema.Field;
import dev.autopilot.projects.schema.FieldType;
import dev.autopilot.projects.schema.RecordReader;
import dev.autopilot.projects.schema.Schema;
import dev.autopilot.projects.schema.Value;
import dev.autopilot.projects.schema.ValueReader;
import dev.autopilot.projects.schema.Values;
import dev.autopilot.projects.storage.RecordStore;
import dev.autopilot.projects.storage.StoredRecord;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes a record what it was at a version, as a change of its own: nothing of the history is
 * undone. A deleted record comes back. Values that the fields no longer take are left out.
 */
@ApplicationScoped
class RestoreRecord {
  private final Schemas schemas;
  private final Revisions revisions;
  private final RecordStore store;
  private final RecordWriter writer;
  private final ObjectMapper json;
  private final Clock clock;

  RestoreRecord(
      Schemas schemas,
      Revisions revisions,
      RecordStore store,
      RecordWriter writer,
      ObjectMapper json,
      Clock clock) {
    this.schemas = schemas;
    this.revisions = revisions;
    this.store = store;
    this.writer = writer;
    this.json = json;
    this.clock = clock;
  }

  @Transactional
  RecordView restore(UUID userId, UUID recordId, int version) {
    UUID databaseId = revisions.databaseOf(recordId);
    if (databaseId == null) {
      throw CommonError.NOT_FOUND.problem();
    }
    Schema schema = schemas.writable(databaseId, userId);
    Revision wanted = revisions.find(recordId, version);
    if (wanted == null) {
      throw CommonError.VALIDATION_FAILED.at("/version", "The history holds no such version.");
    }
    Values values = RecordReader.restore(schema, json.valueToTree(wanted.values()));
    // Of two who bring a deleted record back the second finds it there.
    store.lockComingBack(recordId);
    StoredRecord present = store.lock(schema, recordId);
    return RecordView.of(
        schema,
        present == null
            ? comeBack(schema, userId, recordId, values)
            : change(
                schema,
                userId,
                present,
                numbered(schema, values, field -> present.values().get(field))));
  }

  /** A record keeps its numbers whatever else becomes of it; where it had none it gets one. */
  private Values numbered(Schema schema, Values values, Function<Field, @Nullable Value> kept) {
    Values numbered = values;
    for (Field field : schema.fields()) {
      if (field.type() == FieldType.AUTONUMBER) {
        Value number = kept.apply(field);
        numbered =
            numbered.with(
                field,
                number == null
                    ? new Value.Amount(store.numbers(schema, field, 1).getFirst())
                    : number);
      }
    }
    return numbered;
  }

  private StoredRecord change(Schema schema, UUID userId, StoredRecord before, Values values) {
    return values.changedFrom(before.values(), schema).isEmpty()
        ? before
        : writer.update(schema, userId, List.of(before), List.of(values)).getFirst().orRefuse();
  }

  private StoredRecord comeBack(Schema schema, UUID userId, UUID recordId, Values values) {
    Revision newest = revisions.newest(recordId);
    Revision oldest = revisions.oldest(recordId);
    if (newest == null || oldest == null) {
      throw CommonError.NOT_FOUND.problem();
    }
    JsonNode last = json.valueToTree(newest.values());
    Values numbered =
        numbered(schema, values, field -> ValueReader.readNumber(last.get(field.key())));
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return writer.restore(
        schema,
        userId,
        new StoredRecord(
            recordId, numbered, newest.version() + 1, oldest.changedAt(), now, oldest.changedBy()));
  }
}
