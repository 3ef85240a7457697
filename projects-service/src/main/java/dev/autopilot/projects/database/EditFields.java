package dev.autopilot.projects.database;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.autopilot.events.outbox.Outbox;
import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.kernel.web.Etags;
import dev.autopilot.kernel.web.MergePatch;
import dev.autopilot.projects.project.Role;
import dev.autopilot.projects.schema.Field;
import dev.autopilot.projects.schema.FieldDefinition;
import dev.autopilot.projects.schema.FieldRules;
import dev.autopilot.projects.schema.Schema;
import dev.autopilot.projects.storage.RecordCounts;
import dev.autopilot.projects.storage.StorageTasks;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.narayana.jta.runtime.TransactionConfiguration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Changes the fields of a database while it is in use. Whoever writes records waits for as long as
 * it takes; whoever reads doesn't.
 */
@ApplicationScoped
class EditFields {
  /** Seconds. */
  static final int LONG_ENOUGH_FOR_A_MILLION_RECORDS = 300;

  private final Databases databases;
  private final Schemas schemas;
  private final RelationTargets relationTargets;
  private final ChangeField changeField;
  private final StorageTasks tasks;
  private final RecordCounts counts;
  private final EntityManager entities;
  private final MergePatch mergePatch;
  private final Outbox outbox;
  private final Clock clock;

  EditFields(
      Databases databases,
      Schemas schemas,
      RelationTargets relationTargets,
      ChangeField changeField,
      StorageTasks tasks,
      RecordCounts counts,
      EntityManager entities,
      MergePatch mergePatch,
      Outbox outbox,
      Clock clock) {
    this.databases = databases;
    this.schemas = schemas;
    this.relationTargets = relationTargets;
    this.changeField = changeField;
    this.tasks = tasks;
    this.counts = counts;
    this.entities = entities;
    this.mergePatch = mergePatch;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** In a transaction of its own, or in one that is as patient. */
  DatabaseView add(
      UUID userId, UUID databaseId, FieldDefinition definition, @Nullable String ifMatch) {
    return QuarkusTransaction.joiningExisting()
        .timeout(LONG_ENOUGH_FOR_A_MILLION_RECORDS)
        .call(() -> added(userId, databaseId, definition, ifMatch));
  }

  private DatabaseView added(
      UUID userId, UUID databaseId, FieldDefinition definition, @Nullable String ifMatch) {
    Databases.Seen seen = open(userId, databaseId, ifMatch);
    Database database = seen.database();
    if (database.fields().stream().anyMatch(f -> f.key().equalsIgnoreCase(definition.key()))) {
      throw FieldError.FIELD_EXISTS.at("/key", "Another field has this key.");
    }
    Field field = definition.at(database.takeSlot());
    FieldRules.check(field);
    FieldRules.checkIndex(field, database.fields());
    relationTargets.check(userId, database.projectId(), List.of(field));
    List<Field> fields = new ArrayList<>(database.fields());
    fields.add(field);
    FieldRules.check(fields);
    Schema before = database.schema(seen.ownerId());
    database.become(fields, clock.instant().truncatedTo(ChronoUnit.MILLIS));
    changeField.added(before, database.schema(seen.ownerId()), field);
    return changed(seen);
  }

  @Transactional
  @TransactionConfiguration(timeout = LONG_ENOUGH_FOR_A_MILLION_RECORDS)
  DatabaseView change(
      UUID userId,
      UUID databaseId,
      String key,
      @Nullable ObjectNode patch,
      @Nullable String ifMatch) {
    Databases.Seen seen = open(userId, databaseId, ifMatch);
    Database database = seen.database();
    Field before = existing(database, key);
    FieldDefinition wanted = mergePatch.apply(FieldDefinition.of(before), patch);
    if (!wanted.key().equals(key)) {
      throw CommonError.VALIDATION_FAILED.at("/key", "The key of a field stays.");
    }
    Schema schema = database.schema(seen.ownerId());
    FieldRules.check(wanted.at(before.slot()));
    if (!before.indexed() && !before.unique()) {
      FieldRules.checkIndex(wanted.at(before.slot()), database.fields());
    }
    relationTargets.check(userId, database.projectId(), List.of(wanted.at(before.slot())));
    boolean moves = changeField.needsSlot(before, wanted.at(before.slot()));
    Field after = wanted.at(moves ? database.takeSlot() : before.slot());
    List<Field> fields = new ArrayList<>(database.fields());
    fields.set(fields.indexOf(before), after);
    database.become(fields, clock.instant().truncatedTo(ChronoUnit.MILLIS));
    changeField.changed(schema, before, database.schema(seen.ownerId()), after);
    return changed(seen);
  }

  @Transactional
  DatabaseView remove(UUID userId, UUID databaseId, String key, @Nullable String ifMatch) {
    Databases.Seen seen = open(userId, databaseId, ifMatch);
    Database database = seen.database();
    Field field = existing(database, key);
    Schema schema = database.schema(seen.ownerId());
    List<Field> fields = new ArrayList<>(database.fields());
    fields.remove(field);
    database.become(fields, clock.instant().truncatedTo(ChronoUnit.MILLIS));
    changeField.removed(schema, field);
    tasks.sweep(schema, field);
    return changed(seen);
  }

  @Transactional
  DatabaseView order(UUID userId, UUID databaseId, List<String> keys, @Nullable String ifMatch) {
    Databases.Seen seen = open(userId, databaseId, ifMatch);
    Database database = seen.database();
    if (keys.size() != database.fields().size() || new HashSet<>(keys).size() != keys.size()) {
      throw CommonError.VALIDATION_FAILED.at("/keys", "Each key once.");
    }
    database.become(
        keys.stream().map(key -> known(database, key)).toList(),
        clock.instant().truncatedTo(ChronoUnit.MILLIS));
    return changed(seen);
  }

  private Databases.Seen open(UUID userId, UUID databaseId, @Nullable String ifMatch) {
    schemas.keepWritersOut(databaseId);
    Databases.Seen seen = databases.lockedFor(userId, databaseId);
    Etags.requireMatch(ifMatch, seen.as(Role.EDITOR).version());
    return seen;
  }

  private DatabaseView changed(Databases.Seen seen) {
    entities.flush();
    outbox.append(seen.database().changed(seen.ownerId()));
    return seen.database().view(counts.of(seen.database().id()));
  }

  private static Field existing(Database database, String key) {
    return database.fields().stream()
        .filter(field -> field.key().equals(key))
        .findFirst()
        .orElseThrow(CommonError.NOT_FOUND::problem);
  }

  private static Field known(Database database, String key) {
    return database.fields().stream()
        .filter(field -> field.key().equals(key))
        .findFirst()
        .orElseThrow(
            () -> CommonError.VALIDATION_FAILED.at("/keys", "There is no field \"" + key + "\"."));
  }
}
