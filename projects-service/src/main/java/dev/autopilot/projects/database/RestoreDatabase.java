package dev.autopilot.projects.database;

import dev.autopilot.events.outbox.Outbox;
import dev.autopilot.kernel.web.Etags;
import dev.autopilot.projects.project.Role;
import dev.autopilot.projects.storage.RecordCounts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Brings a deleted database back as it was, with its records. Nobody let go, in them, of what has
 * been deleted since; that is made up for before anybody sees them.
 */
@ApplicationScoped
class RestoreDatabase {
  private final Databases databases;
  private final Schemas schemas;
  private final RecordCounts counts;
  private final EntityManager entities;
  private final Outbox outbox;
  private final Event<DatabaseComesBack> comingBack;

  RestoreDatabase(
      Databases databases,
      Schemas schemas,
      RecordCounts counts,
      EntityManager entities,
      Outbox outbox,
      Event<DatabaseComesBack> comingBack) {
    this.databases = databases;
    this.schemas = schemas;
    this.counts = counts;
    this.entities = entities;
    this.outbox = outbox;
    this.comingBack = comingBack;
  }

  /** One that isn't deleted stays as it is, so that restoring twice is restoring once. */
  @Transactional
  DatabaseView restore(UUID userId, UUID databaseId, @Nullable String ifMatch) {
    // Whoever is deleting something that its records point at has said so when this returns.
    schemas.keepWritersOut(databaseId);
    Databases.Seen seen = databases.lockedToRestore(userId, databaseId);
    Database database = seen.as(Role.EDITOR);
    Etags.requireMatch(ifMatch, database.version());
    if (database.restore()) {
      entities.flush();
      outbox.append(database.restored(seen.ownerId()));
      comingBack.fire(new DatabaseComesBack(database.schema(seen.ownerId()), userId));
    }
    return database.view(counts.of(databaseId));
  }
}
