package dev.autopilot.projects.record;

import dev.autopilot.events.envelope.DomainEvent;
import dev.autopilot.projects.revision.Operation;
import dev.autopilot.projects.revision.Revision;
import dev.autopilot.projects.schema.Field;
import dev.autopilot.projects.schema.Schema;
import dev.autopilot.projects.schema.Values;
import dev.autopilot.projects.storage.StoredRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one person did to one record at one time, from which its revision and its event follow.
 *
 * @param after the record afterwards; of a deletion its last values, one version further
 * @param values of it as clients see them
 */
record Change(
    Schema schema,
    Operation operation,
    StoredRecord after,
    Map<String, @Nullable Object> values,
    List<String> changed,
    UUID by,
    Instant at) {

  private Change(
      Schema schema,
      Operation operation,
      StoredRecord after,
      List<String> changed,
      UUID by,
      Instant at) {
    this(schema, operation, after, after.values().shown(schema), changed, by, at);
  }

  static Change created(Schema schema, StoredRecord record, UUID by, Instant at) {
    return new Change(schema, Operation.CREATED, record, filled(schema, record.values()), by, at);
  }

  static Change restored(Schema schema, StoredRecord record, UUID by, Instant at) {
    return new Change(schema, Operation.RESTORED, record, filled(schema, record.values()), by, at);
  }

  static Change updated(
      Schema schema, StoredRecord before, StoredRecord after, UUID by, Instant at) {
    List<String> changed = after.values().changedFrom(before.values(), schema);
    return new Change(schema, Operation.UPDATED, after, changed, by, at);
  }

  static Change deleted(Schema schema, StoredRecord before, UUID by, Instant at) {
    StoredRecord after = before.changed(before.values(), at);
    return new Change(schema, Operation.DELETED, after, List.of(), by, at);
  }

  private static List<String> filled(Schema schema, Values values) {
    return schema.fields().stream().map(Field::key).filter(values.byKey()::containsKey).toList();
  }

  long bytes() {
    return after.values().bytes();
  }

  Revision revision() {
    return new Revision(
        after.id(), after.version(), schema.databaseId(), operation, values, changed, by, at);
  }

  /** A record that comes back is told as created: to whoever listens it is new again. */
  DomainEvent event() {
    UUID id = after.id();
    UUID database = schema.databaseId();
    UUID project = schema.projectId();
    UUID owner = schema.ownerId();
    return switch (operation) {
      case CREATED, RESTORED ->
          new RecordCreated(id, database, project, values, by, after.version(), owner);
      case UPDATED ->
          new RecordUpdated(id, database, project, values, changed, by, after.version(), owner);
      case DELETED -> new RecordDeleted(id, database, project, values, by, after.version(), owner);
    };
  }
}
