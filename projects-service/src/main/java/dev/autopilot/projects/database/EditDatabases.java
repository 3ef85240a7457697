package dev.autopilot.projects.database;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.autopilot.events.outbox.Outbox;
import dev.autopilot.kernel.web.Etags;
import dev.autopilot.kernel.web.MergePatch;
import dev.autopilot.projects.project.ProjectAccess;
import dev.autopilot.projects.project.Role;
import dev.autopilot.projects.schema.Field;
import dev.autopilot.projects.schema.FieldRules;
import dev.autopilot.projects.storage.RecordCounts;
import dev.autopilot.projects.storage.RecordTables;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes, changes and deletes databases, and tells of it. */
@ApplicationScoped
class EditDatabases {
  private final Databases databases;
  private final ProjectAccess projects;
  private final RelationTargets relationTargets;
  private final RecordTables tables;
  private final RecordCounts counts;
  private final EntityManager entities;
  private final MergePatch mergePatch;
  private final Outbox outbox;
  private final Clock clock;

  EditDatabases(
      Databases databases,
      ProjectAccess projects,
      RelationTargets relationTargets,
      RecordTables tables,
      RecordCounts counts,
      EntityManager entities,
      MergePatch mergePatch,
      Outbox outbox,
      Clock clock) {
    this.databases = databases;
    this.projects = projects;
    this.relationTargets = relationTargets;
    this.tables = tables;
    this.counts = counts;
    this.entities = entities;
    this.mergePatch = mergePatch;
    this.outbox = outbox;
    this.clock = clock;
  }

  @Transactional
  DatabaseView create(UUID userId, CreateDatabaseRequest request) {
    UUID ownerId = projects.ownerFor(userId, request.projectId(), Role.EDITOR);
    List<Field> fields = new ArrayList<>();
    for (int slot = 0; slot < request.fields().size(); slot++) {
      fields.add(request.fields().get(slot).at(slot + 1));
    }
    FieldRules.check(fields);
    FieldRules.checkIndexes(fields);
    relationTargets.check(userId, request.projectId(), fields);
    Database database = new Database(request, List.copyOf(fields), tables.reserve(), now());
    databases.add(database);
    tables.create(database.schema(ownerId));
    outbox.append(database.created(ownerId));
    return database.view(0);
  }

  @Transactional
  DatabaseView change(
      UUID userId, UUID databaseId, @Nullable ObjectNode patch, @Nullable String ifMatch) {
    Databases.Seen seen = databases.lockedFor(userId, databaseId);
    Database database = seen.as(Role.EDITOR);
    Etags.requireMatch(ifMatch, database.version());
    database.edit(mergePatch.apply(database.editable(), patch), now());
    entities.flush();
    outbox.append(database.changed(seen.ownerId()));
    return database.view(counts.of(databaseId));
  }

  /** From now on it is seen only among what is deleted; thirty days later it is erased. */
  @Transactional
  void delete(UUID userId, UUID databaseId, @Nullable String ifMatch) {
    Databases.Seen seen = databases.lockedFor(userId, databaseId);
    Database database = seen.as(Role.EDITOR);
    Etags.requireMatch(ifMatch, database.version());
    database.delete(now());
    entities.flush();
    outbox.append(database.deleted(seen.ownerId()));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
