package dev.autopilot.projects.project;

import dev.autopilot.kernel.Ids;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
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
    if (deletedAt == null) {
      deletedAt = now;
    }
  }

  ProjectView seenBy(Role role) {
    return new ProjectView(id, name, description, role, createdAt, updatedAt, version);
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
}
