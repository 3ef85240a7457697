package dev.autopilot.projects.project;

import dev.autopilot.kernel.Ids;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What belongs together: databases and files, and the people who may see them. */
@Entity
class Project {
  @Id private UUID id;
  private UUID ownerId;
  private String name;
  private @Nullable String description;
  @Version private long version;
  private Instant createdAt;
  private Instant updatedAt;
  private @Nullable Instant deletedAt;

  @Column(insertable = false, updatable = false)
  private boolean erasing;

  Project() {}

  Project(UUID ownerId, ProjectRequest request, Instant now) {
    this.id = Ids.next();
    this.ownerId = ownerId;
    this.name = request.name();
    this.description = request.description();
    this.createdAt = now;
    this.updatedAt = now;
  }

  UUID id() {
    return id;
  }

  UUID ownerId() {
    return ownerId;
  }

  long version() {
    return version;
  }

  ProjectRequest editable() {
    return new ProjectRequest(name, description);
  }

  void edit(ProjectRequest edited, Instant now) {
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

  ProjectView seenBy(Role role) {
    return view(role, null);
  }

  /** As who deleted it sees it, for as long as it is kept. */
  ProjectView deletedSeenBy(Role role, Duration kept) {
    return view(role, deletedAt == null ? null : deletedAt.plus(kept));
  }

  private ProjectView view(Role role, @Nullable Instant erasedFrom) {
    return new ProjectView(
        id, name, description, role, createdAt, updatedAt, version, deletedAt, erasedFrom);
  }

  ProjectCreated created() {
    return new ProjectCreated(id, name, version, ownerId);
  }

  ProjectChanged changed() {
    return new ProjectChanged(id, name, version, ownerId);
  }

  MemberEvent told(String verb, Member member) {
    return new MemberEvent(verb, id, member.userId(), member.role(), version, ownerId);
  }

  ProjectDeleted deleted() {
    return new ProjectDeleted(id, name, version, ownerId);
  }

  ProjectRestored restored() {
    return new ProjectRestored(id, name, version, ownerId);
  }
}
