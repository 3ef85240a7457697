package dev.autopilot.projects.project;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;

/** A person who may see a project. */
@Entity
@IdClass(Member.Key.class)
class Member {
  @Id private UUID userId;
  @Id private UUID projectId;

  @Enumerated(EnumType.STRING)
  private Role role;

  private Instant addedAt;

  Member() {}

  Member(UUID projectId, UUID userId, Role role, Instant now) {
    this.projectId = projectId;
    this.userId = userId;
    this.role = role;
    this.addedAt = now;
  }

  UUID userId() {
    return userId;
  }

  Role role() {
    return role;
  }

  void become(Role newRole) {
    role = newRole;
  }

  MemberView view() {
    return new MemberView(userId, role, addedAt);
  }

  record Key(UUID userId, UUID projectId) implements Serializable {}
}
