package dev.autopilot.projects.storage;

import dev.autopilot.projects.schema.Field;
import dev.autopilot.projects.schema.Schema;
import dev.autopilot.projects.sql.Sql;
import dev.autopilot.projects.sql.Statement;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * What is to be done to tables later and without stopping anybody; {@link StorageWorker} does it.
 */
@ApplicationScoped
public class StorageTasks {
  private final Sql sql;
  private final StorageWorker worker;

  StorageTasks(Sql sql, StorageWorker worker) {
    this.sql = sql;
    this.worker = worker;
  }

  /** An index for a field that records sort and filter by. */
  public void buildIndex(Schema schema, Field field) {
    add(schema, field, "INDEX");
  }

  /** Forgets the values of a field that is gone. */
  public void sweep(Schema schema, Field field) {
    sql.update(
        Statement.of(
            "delete from storage_task where storage = ? and slot = ?",
            schema.storage(),
            field.slot()));
    add(schema, field, "SWEEP");
  }

  private void add(Schema schema, Field field, String kind) {
    sql.update(
        Statement.of(
            "insert into storage_task (storage, slot, kind, shape) values (?, ?, ?, ?)",
            schema.storage(),
            field.slot(),
            kind,
            field.shape().name()));
    worker.wake();
  }
}
