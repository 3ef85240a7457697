package dev.autopilot.projects.project;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** What other features may know of a project: whether a person reaches it, and whose it is. */
@ApplicationScoped
public class ProjectAccess {
  private final Projects projects;

  ProjectAccess(Projects projects) {
    this.projects = projects;
  }

  /** The owner of a project in which the person has that role or more; else 404 or 403. */
  public UUID ownerFor(UUID userId, UUID projectId, Role needed) {
    return projects.seenBy(userId, projectId).as(needed).ownerId();
  }
}
