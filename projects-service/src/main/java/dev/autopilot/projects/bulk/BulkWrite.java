package dev.autopilot.projects.bulk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.kernel.problem.ProblemException;
import dev.autopilot.projects.database.Schemas;
import dev.autopilot.projects.record.DeleteRecords;
import dev.autopilot.projects.record.RecordWriter;
import dev.autopilot.projects.schema.Schema;
import dev.autopilot.projects.sql.Savepoints;
import dev.autopilot.projects.storage.RecordStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.UUID;

/** Writes many records in a few statements: all of them or none, or each that can be. */
@ApplicationScoped
class BulkWrite {
  private static final int MAX_ROWS = 1_000;

  private final Schemas schemas;
  private final RecordStore store;
  private final RecordWriter writer;
  private final DeleteRecords delete;
  private final Savepoints savepoints;

  BulkWrite(
      Schemas schemas,
      RecordStore store,
      RecordWriter writer,
      DeleteRecords delete,
      Savepoints savepoints) {
    this.schemas = schemas;
    this.store = store;
    this.writer = writer;
    this.delete = delete;
    this.savepoints = savepoints;
  }

  @Transactional
  BulkAnswer write(UUID userId, BulkRequest request, Preference preference) {
    if (request.size() == 0 || request.size() > MAX_ROWS) {
      throw CommonError.VALIDATION_FAILED.at("", "1 to " + MAX_ROWS + " rows.");
    }
    Schema schema = schemas.writable(request.databaseId(), userId);
    Batch batch = new Batch(schema, userId, store, writer, delete, savepoints, request.isAtomic());
    List<ObjectNode> create = request.create();
    if (create != null) {
      batch.create(create);
    }
    batch.lock(request);
    List<BulkRequest.Update> update = request.update();
    if (update != null) {
      batch.update(update);
    }
    BulkRequest.Upsert upsert = request.upsert();
    if (upsert != null) {
      batch.upsert(upsert);
    }
    List<UUID> ids = request.delete();
    if (ids != null) {
      batch.delete(ids);
    }
    List<Row> rows = batch.rows();
    if (request.isAtomic() && rows.stream().anyMatch(Row::isRefused)) {
      throw new ProblemException(
          CommonError.VALIDATION_FAILED,
          "Nothing was changed.",
          rows.stream().flatMap(row -> row.errors().stream()).toList());
    }
    return new BulkAnswer(rows.stream().map(row -> row.result(schema, preference)).toList());
  }
}
