package dev.autopilot.projects.database;

import dev.autopilot.kernel.page.Cursor;
import dev.autopilot.kernel.page.Page;
import dev.autopilot.kernel.page.PageRequest;
import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.projects.project.Role;
import dev.autopilot.projects.storage.RecordCounts;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Databases, as far as a person may see them: every question joins the person's membership. */
@ApplicationScoped
class Databases {
  private static final String SEEN =
      " from Database d join Project p on p.id = d.projectId"
          + " join Member m on m.projectId = p.id"
          + " where m.userId = :user and p.deletedAt is null and d.deletedAt is null";

  private final EntityManager entities;
  private final RecordCounts counts;

  Databases(EntityManager entities, RecordCounts counts) {
    this.entities = entities;
    this.counts = counts;
  }

  /** A database, as what the asking person sees it, and whose it is. */
  @RegisterForReflection // Hibernate makes it.
  record Seen(Database database, Role role, UUID ownerId) {
    Database as(Role needed) {
      if (!role.reaches(needed)) {
        throw CommonError.FORBIDDEN.problem("Only a project's " + needed + " may do this.");
      }
      return database;
    }
  }

  void add(Database database) {
    entities.persist(database);
  }

  @Transactional
  Seen seenBy(UUID userId, UUID databaseId) {
    List<Seen> found =
        entities
            .createQuery("select d, m.role, p.ownerId" + SEEN + " and d.id = :database", Seen.class)
            .setParameter("user", userId)
            .setParameter("database", databaseId)
            .getResultList();
    if (found.isEmpty()) {
      throw CommonError.NOT_FOUND.problem();
    }
    return found.getFirst();
  }

  /** The same, locked until the transaction ends, so that changes come one after the other. */
  Seen lockedFor(UUID userId, UUID databaseId) {
    Seen seen = seenBy(userId, databaseId);
    entities.refresh(seen.database(), LockModeType.PESSIMISTIC_WRITE);
    return seen;
  }

  /** Newest first; of one project or of all. */
  @Transactional
  Page<DatabaseView> page(UUID userId, @Nullable UUID projectId, PageRequest request) {
    Cursor cursor = request.cursor();
    String where =
        SEEN
            + (projectId == null ? "" : " and d.projectId = :project")
            + (cursor == null ? "" : " and d.id < :after");
    TypedQuery<Database> query =
        entities
            .createQuery("select d" + where + " order by d.id desc", Database.class)
            .setParameter("user", userId)
            .setMaxResults(request.limitPlusOne());
    if (projectId != null) {
      query.setParameter("project", projectId);
    }
    if (cursor != null) {
      query.setParameter("after", cursor.uuid(0));
    }
    Page<Database> page =
        Page.of(query.getResultList(), request, database -> Cursor.of(database.id()));
    Map<UUID, Long> records = counts.of(page.items().stream().map(Database::id).toList());
    return page.map(database -> database.view(records.getOrDefault(database.id(), 0L)))
        .withTotal(request.count() ? count(userId, projectId) : null);
  }

  private Long count(UUID userId, @Nullable UUID projectId) {
    TypedQuery<Long> query =
        entities
            .createQuery(
                "select count(*)" + SEEN + (projectId == null ? "" : " and d.projectId = :project"),
                Long.class)
            .setParameter("user", userId);
    if (projectId != null) {
      query.setParameter("project", projectId);
    }
    return query.getSingleResult();
  }
}
