package dev.autopilot.projects.project;

import dev.autopilot.kernel.page.Cursor;
import dev.autopilot.kernel.page.Page;
import dev.autopilot.kernel.page.PageRequest;
import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.projects.erasure.ErasureSettings;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityNotFoundException;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.UUID;

/** Projects, as far as a person may see them: every question joins the person's membership. */
@ApplicationScoped
class Projects {
  private static final String JOINED =
      " from Project p join Member m on m.projectId = p.id where m.userId = :user";

  private static final String SEEN = JOINED + " and p.deletedAt is null";

  /** What is deleted only its owner still sees. */
  private static final String DELETED =
      JOINED + " and p.deletedAt is not null and not p.erasing and p.ownerId = :user";

  private static final String SEEN_OR_DELETED =
      JOINED + " and (p.deletedAt is null or p.ownerId = :user)";

  private final EntityManager entities;
  private final ErasureSettings erasure;

  Projects(EntityManager entities, ErasureSettings erasure) {
    this.entities = entities;
    this.erasure = erasure;
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
    return only(SEEN, userId, projectId);
  }

  private Seen only(String from, UUID userId, UUID projectId) {
    List<Seen> found =
        entities
            .createQuery("select p, m.role" + from + " and p.id = :project", Seen.class)
            .setParameter("user", userId)
            .setParameter("project", projectId)
            .getResultList();
    if (found.isEmpty()) {
      throw CommonError.NOT_FOUND.problem();
    }
    return found.getFirst();
  }

  /** The same, locked until the transaction ends, so that changes come one after the other. */
  Seen lockedFor(UUID userId, UUID projectId) {
    Seen seen = locked(seenBy(userId, projectId));
    if (seen.project().deletedAt() != null) {
      throw CommonError.NOT_FOUND.problem();
    }
    return seen;
  }

  /** The same, and for its owner also one that is deleted. */
  Seen lockedToRestore(UUID userId, UUID projectId) {
    Seen seen = locked(only(SEEN_OR_DELETED, userId, projectId));
    if (seen.project().isErasing()) {
      throw CommonError.NOT_FOUND.problem();
    }
    return seen;
  }

  /** As it is once nobody else changes it. */
  private Seen locked(Seen seen) {
    try {
      entities.refresh(seen.project(), LockModeType.PESSIMISTIC_WRITE);
      return seen;
    } catch (EntityNotFoundException erased) {
      throw CommonError.NOT_FOUND.problem();
    }
  }

  /** Newest first. */
  @Transactional
  Page<ProjectView> page(UUID userId, PageRequest request) {
    Cursor cursor = request.cursor();
    TypedQuery<Seen> query =
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
    return page.map(Seen::view).withTotal(request.count() ? count(SEEN, userId) : null);
  }

  /** What the person has deleted and can still restore; what was deleted last comes first. */
  @Transactional
  Page<ProjectView> deleted(UUID userId, PageRequest request) {
    Cursor cursor = request.cursor();
    TypedQuery<Seen> query =
        entities
            .createQuery(
                "select p, m.role"
                    + DELETED
                    + (cursor == null
                        ? ""
                        : " and (p.deletedAt < :at or (p.deletedAt = :at and p.id < :after))")
                    + " order by p.deletedAt desc, p.id desc",
                Seen.class)
            .setParameter("user", userId)
            .setMaxResults(request.limitPlusOne());
    if (cursor != null) {
      query.setParameter("at", cursor.instant(0)).setParameter("after", cursor.uuid(1));
    }
    Page<Seen> page =
        Page.of(
            query.getResultList(),
            request,
            seen -> Cursor.of(seen.project().deletedAt(), seen.project().id()));
    return page.map(seen -> seen.project().deletedSeenBy(seen.role(), erasure.keepDeleted()))
        .withTotal(request.count() ? count(DELETED, userId) : null);
  }

  private Long count(String from, UUID userId) {
    return entities
        .createQuery("select count(*)" + from, Long.class)
        .setParameter("user", userId)
        .getSingleResult();
  }
}
