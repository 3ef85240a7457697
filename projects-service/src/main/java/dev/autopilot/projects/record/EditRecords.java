package dev.autopilot.projects.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.kernel.web.Etags;
import dev.autopilot.projects.database.Schemas;
import dev.autopilot.projects.revision.Revisions;
import dev.autopilot.projects.schema.RecordReader;
import dev.autopilot.projects.schema.Schema;
import dev.autopilot.projects.schema.Values;
import dev.autopilot.projects.storage.RecordStore;
import dev.autopilot.projects.storage.StoredRecord;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes, reads, changes and deletes one record. */
@ApplicationScoped
class EditRecords {
  private final Schemas schemas;
  private final Revisions revisions;
  private final RecordStore store;
  private final RecordWriter writer;
  private final DeleteRecords delete;

  EditRecords(
      Schemas schemas,
      Revisions revisions,
      RecordStore store,
      RecordWriter writer,
      DeleteRecords delete) {
    this.schemas = schemas;
    this.revisions = revisions;
    this.store = store;
    this.writer = writer;
    this.delete = delete;
  }

  @Transactional
  RecordView create(UUID userId, CreateRecordRequest request) {
    Schema schema = schemas.writable(request.databaseId(), userId);
    Values values = RecordReader.create(schema, request.values());
    StoredRecord record = writer.create(schema, userId, List.of(values)).getFirst().orRefuse();
    return RecordView.of(schema, record);
  }

  RecordView read(UUID userId, UUID recordId) {
    Schema schema = schemas.readable(databaseOf(recordId), userId);
    StoredRecord record = store.find(schema, recordId);
    if (record == null) {
      throw CommonError.NOT_FOUND.problem();
    }
    return RecordView.of(schema, record);
  }

  @Transactional
  RecordView change(UUID userId, UUID recordId, ObjectNode patch, @Nullable String ifMatch) {
    Schema schema = schemas.writable(databaseOf(recordId), userId);
    StoredRecord before = locked(schema, recordId);
    Etags.requireMatch(ifMatch, before.version());
    Values after = RecordReader.patch(schema, before.values(), patch);
    if (after.changedFrom(before.values(), schema).isEmpty()) {
      return RecordView.of(schema, before);
    }
    return RecordView.of(
        schema,
        writer.update(schema, userId, List.of(before), List.of(after)).getFirst().orRefuse());
  }

  @Transactional
  void delete(UUID userId, UUID recordId, @Nullable String ifMatch) {
    Schema schema = schemas.writable(databaseOf(recordId), userId);
    StoredRecord record = locked(schema, recordId);
    Etags.requireMatch(ifMatch, record.version());
    delete.delete(schema, userId, List.of(record));
  }

  private StoredRecord locked(Schema schema, UUID recordId) {
    StoredRecord found = store.lock(schema, recordId);
    if (found == null) {
      throw CommonError.NOT_FOUND.problem();
    }
    return found;
  }

  private UUID databaseOf(UUID recordId) {
    UUID databaseId = revisions.databaseOf(recordId);
    if (databaseId == null) {
      throw CommonError.NOT_FOUND.problem();
    }
    return databaseId;
  }
}
