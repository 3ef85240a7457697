package dev.autopilot.projects.record;

import dev.autopilot.projects.database.DatabaseComesBack;
import dev.autopilot.projects.database.Schemas;
import dev.autopilot.projects.schema.Field;
import dev.autopilot.projects.schema.Schema;
import dev.autopilot.projects.schema.Value;
import dev.autopilot.projects.schema.Values;
import dev.autopilot.projects.sql.Portion;
import dev.autopilot.projects.storage.Links;
import dev.autopilot.projects.storage.Links.Link;
import dev.autopilot.projects.storage.RecordStore;
import dev.autopilot.projects.storage.StoredRecord;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Deletes records and lets go of them whatever points at them: a relation loses the id, which is a
 * change of that record like any other. Where the relation is required nothing is deleted.
 */
@ApplicationScoped
public class DeleteRecords {
  private static final int AT_ONCE = 1_000;

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

  /**
   * A file of the project that is locked, and will be gone whoever needs it: so many records let go
   * of it now, and where they require it, they are left without.
   *
   * @return whether there may be more of them
   */
  public boolean letSomeGoOfFile(UUID projectId, UUID by, UUID fileId, int records) {
    Set<UUID> going = Set.of(fileId);
    List<Link> some = links.somePointingAt(fileId, records);
    inEach(
        projectId,
        some,
        going,
        (source, pointing) -> {
          letGo(source, pointing, by, record -> without(source, record, going));
          links.forget(pointing);
        });
    return some.size() == records;
  }

  /**
   * A database comes back: its records let go of what was deleted while it was. Where they require
   * it, they are left without: nothing keeps a database from coming back.
   */
  void onComingBack(@Observes DatabaseComesBack back) {
    Schema schema = back.schema();
    List<Link> broken = links.takeBroken(schema.databaseId(), AT_ONCE);
    while (!broken.isEmpty()) {
      Set<UUID> gone = broken.stream().map(Link::target).collect(Collectors.toSet());
      letGo(schema, broken, back.by(), record -> without(schema, record, gone));
      broken = links.takeBroken(schema.databaseId(), AT_ONCE);
    }
  }

  private void letGo(UUID projectId, UUID by, Set<UUID> going) {
    List<Link> pointing =
        links.pointingAt(going).stream().filter(link -> !going.contains(link.source())).toList();
    inEach(
        projectId,
        pointing,
        going,
        (source, some) ->
            letGo(source, some, by, record -> withoutUnlessNeeded(source, record, going)));
  }

  private void inEach(
      UUID projectId,
      List<Link> pointing,
      Set<UUID> going,
      BiConsumer<Schema, List<Link>> lettingGo) {
    Map<UUID, List<Link>> byDatabase = new LinkedHashMap<>();
    for (Link link : pointing) {
      byDatabase.computeIfAbsent(link.databaseId(), database -> new ArrayList<>()).add(link);
    }
    byDatabase.forEach((database, some) -> {
      Schema source = schemas.siblingToWrite(projectId, database);
      if (source == null) {
        links.breakOff(database, going); // It is deleted itself; if it comes back, it lets go then.
      } else {
        lettingGo.accept(source, some);
      }
    });
  }

  private void letGo(
      Schema source, List<Link> pointing, UUID by, Function<StoredRecord, Values> change) {
    Set<UUID> left = pointing.stream().map(Link::source).collect(Collectors.toSet());
    Portion<StoredRecord> some;
    do {
      some = store.lock(source, left, Portion.CAPACITY);
      List<StoredRecord> before = some.rows();
      List<Values> after = before.stream().map(change).toList();
      for (Written written : writer.update(source, by, before, after)) {
        StoredRecord _ = written.orRefuse();
      }
      before.forEach(record -> left.remove(record.id()));
    } while (some.more() && !left.isEmpty());
  }

  private static Values withoutUnlessNeeded(Schema schema, StoredRecord record, Set<UUID> going) {
    Values values = without(schema, record, going);
    for (Field field : schema.fields()) {
      if (field.required() && values.get(field) == null && record.values().get(field) != null) {
        throw RecordError.STILL_NEEDED.problem(
            "Record " + record.id() + " needs it as its " + field.key() + ".");
      }
    }
    return values;
  }

  private static Values without(Schema schema, StoredRecord record, Set<UUID> going) {
    Values values = record.values();
    for (Field field : schema.fields()) {
      List<UUID> targets = Links.targets(field, values.get(field));
      List<String> left =
          targets.stream().filter(id -> !going.contains(id)).map(UUID::toString).toList();
      if (left.size() < targets.size()) {
        values = values.with(field, left.isEmpty() ? null : new Value.Texts(left));
      }
    }
    return values;
  }
}
