package dev.autopilot.projects.project;

import dev.autopilot.kernel.page.Cursor;
import dev.autopilot.kernel.page.Page;
import dev.autopilot.kernel.page.PageRequest;
import dev.autopilot.kernel.problem.CommonError;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.UUID;

/** Projects, as far as a person may see them: every question joins the person's membership. */
@ApplicationScoped
class Projects {
  private static final String SEEN =
      " from Project p join Member m on m.projectId = p.id"
          + " where m.userId = :user and p.deletedAt is null";

  private final EntityManager entities;

  Projects(EntityManager entities) {
    this.entities = entities;
  }

  /** A project, and as what the asking person sees it. */
  @RegisterForReflection // Hibernate makes it.
  record Seen(Project project, Role role) {
    ProjectView view() {
      return project.seenBy(role);
    }

    Project as(Role needed) {
      if (!role.reaches(needed)) {
        throw CommonError.FORBIDDEN.problem("Only a project's " + needed + " may do this.");
      }
      return project;
    }
  }

  void add(Project project, Member owner) {
    entities.persist(project);
    entities.persist(owner);
  }

  @Transactional
  Seen seenBy(UUID userId, UUID projectId) {
    return only(
        entities
            .createQuery("select p, m.role" + SEEN + " and p.id = :project", Seen.class)
            .setParameter("user", userId)
            .setParameter("project", projectId)
            .getResultList());
  }

  /** The same, locked until the transaction ends, so that changes come one after the other. */
  Seen lockedFor(UUID userId, UUID projectId) {
    Seen seen = seenBy(userId, projectId);
    entities.refresh(seen.project(), LockModeType.PESSIMISTIC_WRITE);
    return seen;
  }

  private static Seen only(List<Seen> found) {
    if (found.isEmpty()) {
      throw CommonError.NOT_FOUND.problem();
    }
    return found.getFirst();
  }

  /** Newest first. */
  @Transactional
  Page<ProjectView> page(UUID userId, PageRequest request) {
    Cursor cursor = request.cursor();
    var query =
        entities
            .createQuery(
                "select p, m.role"
                    + SEEN
                    + (cursor == null ? "" : " and p.id < :after")
                    + " order by p.id desc",
                Seen.class)
            .setParameter("user", userId)
            .setMaxResults(request.limitPlusOne());
    if (cursor != null) {
      query.setParameter("after", cursor.uuid(0));
    }
    Page<Seen> page =
        Page.of(query.getResultList(), request, seen -> Cursor.of(seen.project().id()));
    return page.map(Seen::view).withTotal(request.count() ? count(userId) : null);
  }

  private Long count(UUID userId) {
    return entities
        .createQuery("select count(*)" + SEEN, Long.class)
        .setParameter("user", userId)
        .getSingleResult();
  }
}
