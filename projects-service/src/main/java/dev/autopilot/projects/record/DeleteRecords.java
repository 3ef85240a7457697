package dev.autopilot.projects.record;

import dev.autopilot.projects.database.Schemas;
import dev.autopilot.projects.schema.Field;
import dev.autopilot.projects.schema.Schema;
import dev.autopilot.projects.schema.Value;
import dev.autopilot.projects.schema.Values;
import dev.autopilot.projects.storage.Links;
import dev.autopilot.projects.storage.Links.Link;
import dev.autopilot.projects.storage.RecordStore;
import dev.autopilot.projects.storage.StoredRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Deletes records and lets go of them whatever points at them: a relation loses the id, which is a
 * change of that record like any other. Where the relation is required nothing is deleted.
 */
@ApplicationScoped
public class DeleteRecords {
  private final Links links;
  private final Schemas schemas;
  private final RecordStore store;
  private final RecordWriter writer;

  DeleteRecords(Links links, Schemas schemas, RecordStore store, RecordWriter writer) {
    this.links = links;
    this.schemas = schemas;
    this.store = store;
    this.writer = writer;
  }

  /** The records are locked and read in this transaction; 409 when one is still needed. */
  public void delete(Schema schema, UUID by, List<StoredRecord> records) {
    Set<UUID> going = new HashSet<>();
    records.forEach(record -> going.add(record.id()));
    letGo(schema.projectId(), by, going);
    writer.delete(schema, by, records);
  }

  /** A file of the project that is locked and about to go; 409 when a record still needs it. */
  public void letGoOfFile(UUID projectId, UUID by, UUID fileId) {
    letGo(projectId, by, Set.of(fileId));
  }

  private void letGo(UUID projectId, UUID by, Set<UUID> going) {
    Map<UUID, List<Link>> byDatabase = new LinkedHashMap<>();
    for (Link link : links.pointingAt(going)) {
      if (!going.contains(link.source())) {
        byDatabase.computeIfAbsent(link.databaseId(), database -> new ArrayList<>()).add(link);
      }
    }
    byDatabase.forEach((database, pointing) -> letGo(projectId, database, pointing, by, going));
  }

  private void letGo(UUID projectId, UUID database, List<Link> pointing, UUID by, Set<UUID> going) {
    Schema source = schemas.siblingToWrite(projectId, database);
    if (source == null) {
      return; // The whole database is deleted, and these with it.
    }
    List<StoredRecord> before =
        store.lock(source, pointing.stream().map(Link::source).distinct().toList());
    List<Values> after = before.stream().map(record -> without(source, record, going)).toList();
    for (Written written : writer.update(source, by, before, after)) {
      StoredRecord _ = written.orRefuse();
    }
  }

  private static Values without(Schema schema, StoredRecord record, Set<UUID> going) {
    Values values = record.values();
    for (Field field : schema.fields()) {
      List<UUID> targets = Links.targets(field, values.get(field));
      List<String> left =
          targets.stream().filter(id -> !going.contains(id)).map(UUID::toString).toList();
      if (left.size() < targets.size()) {
        if (left.isEmpty() && field.required()) {
          throw RecordError.STILL_NEEDED.problem(
              "Record " + record.id() + " needs it as its " + field.key() + ".");
        }
        values = values.with(field, left.isEmpty() ? null : new Value.Texts(left));
      }
    }
    return values;
  }
}
