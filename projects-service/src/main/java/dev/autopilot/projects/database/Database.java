package dev.autopilot.projects.database;

import dev.autopilot.kernel.Ids;
import dev.autopilot.projects.schema.Field;
import dev.autopilot.projects.schema.FieldDefinition;
import dev.autopilot.projects.schema.Schema;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.jspecify.annotations.Nullable;

/** A typed table of a project. */
@Entity
class Database {
  @Id private UUID id;
  private UUID projectId;
  private long storage;
  private String name;
  private @Nullable String description;

  @Convert(converter = Fields.class)
  @ColumnTransformer(write = "?::jsonb")
  private List<Field> fields;

  private int nextSlot;
  @Version private long version;
  private Instant createdAt;
  private Instant updatedAt;
  private @Nullable Instant deletedAt;

  @Column(insertable = false, updatable = false)
  private boolean erasing;

  Database() {}

  Database(CreateDatabaseRequest request, List<Field> fields, long storage, Instant now) {
    this.id = Ids.next();
    this.projectId = request.projectId();
    this.storage = storage;
    this.name = request.name();
    this.description = request.description();
    this.fields = fields;
    this.nextSlot = fields.size() + 1;
    this.createdAt = now;
    this.updatedAt = now;
  }

  UUID id() {
    return id;
  }

  UUID projectId() {
    return projectId;
  }

  long version() {
    return version;
  }

  Schema schema(UUID ownerId) {
    return new Schema(id, projectId, ownerId, storage, fields);
  }

  List<Field> fields() {
    return fields;
  }

  /** A slot that no field ever had. */
  int takeSlot() {
    return nextSlot++;
  }

  /** The same records, seen by other fields. */
  void become(List<Field> newFields, Instant now) {
    fields = List.copyOf(newFields);
    updatedAt = now;
  }

  ChangeDatabaseRequest editable() {
    return new ChangeDatabaseRequest(name, description);
  }

  void edit(ChangeDatabaseRequest edited, Instant now) {
    name = edited.name();
    description = edited.description();
    updatedAt = now;
  }

  void delete(Instant now) {
    deletedAt = now;
  }

  /** Whether there was anything to restore. */
  boolean restore() {
    boolean wasDeleted = deletedAt != null;
    deletedAt = null;
    return wasDeleted;
  }

  /** Whether it is going for good, and not whole any more. */
  boolean isErasing() {
    return erasing;
  }

  @Nullable Instant deletedAt() {
    return deletedAt;
  }

  DatabaseView view(long recordCount) {
    return view(recordCount, null);
  }

  /** As who deleted it sees it, for as long as it is kept. */
  DatabaseView deletedView(long recordCount, Duration kept) {
    return view(recordCount, deletedAt == null ? null : deletedAt.plus(kept));
  }

  private DatabaseView view(long recordCount, @Nullable Instant erasedFrom) {
    return new DatabaseView(
        id,
        projectId,
        name,
        description,
        fields.stream().map(FieldDefinition::of).toList(),
        recordCount,
        createdAt,
        updatedAt,
        version,
        deletedAt,
        erasedFrom);
  }

  DatabaseCreated created(UUID ownerId) {
    return new DatabaseCreated(id, projectId, name, version, ownerId);
  }

  DatabaseChanged changed(UUID ownerId) {
    return new DatabaseChanged(id, projectId, name, version, ownerId);
  }

  DatabaseDeleted deleted(UUID ownerId) {
    return new DatabaseDeleted(id, projectId, name, version, ownerId);
  }

  DatabaseRestored restored(UUID ownerId) {
    return new DatabaseRestored(id, projectId, name, version, ownerId);
  }
}
