package dev.autopilot.projects.project;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.autopilot.events.outbox.Outbox;
import dev.autopilot.kernel.web.Etags;
import dev.autopilot.kernel.web.MergePatch;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes, changes, deletes and restores projects, and tells of it. */
@ApplicationScoped
class EditProjects {
  private final Projects projects;
  private final EntityManager entities;
  private final MergePatch mergePatch;
  private final Outbox outbox;
  private final Clock clock;

  EditProjects(
      Projects projects,
      EntityManager entities,
      MergePatch mergePatch,
      Outbox outbox,
      Clock clock) {
    this.projects = projects;
    this.entities = entities;
    this.mergePatch = mergePatch;
    this.outbox = outbox;
    this.clock = clock;
  }

  @Transactional
  ProjectView create(UUID userId, ProjectRequest request) {
    Instant now = now();
    Project project = new Project(userId, request, now);
    projects.add(project, new Member(project.id(), userId, Role.OWNER, now));
    outbox.append(project.created());
    return project.seenBy(Role.OWNER);
  }

  @Transactional
  ProjectView change(
      UUID userId, UUID projectId, @Nullable ObjectNode patch, @Nullable String ifMatch) {
    Projects.Seen seen = projects.lockedFor(userId, projectId);
    Project project = seen.as(Role.EDITOR);
    Etags.requireMatch(ifMatch, project.version());
    project.edit(mergePatch.apply(project.editable(), patch), now());
    entities.flush();
    outbox.append(project.changed());
    return seen.view();
  }

  /** From now on only its owner sees it, among what is deleted; thirty days later it is erased. */
  @Transactional
  void delete(UUID userId, UUID projectId, @Nullable String ifMatch) {
    Project project = projects.lockedFor(userId, projectId).as(Role.OWNER);
    Etags.requireMatch(ifMatch, project.version());
    project.delete(now());
    entities.flush();
    outbox.append(project.deleted());
  }

  /** One that isn't deleted stays as it is, so that restoring twice is restoring once. */
  @Transactional
  ProjectView restore(UUID userId, UUID projectId, @Nullable String ifMatch) {
    Projects.Seen seen = projects.lockedToRestore(userId, projectId);
    Project project = seen.as(Role.OWNER);
    Etags.requireMatch(ifMatch, project.version());
    if (project.restore()) {
      entities.flush();
      outbox.append(project.restored());
    }
    return seen.view();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
