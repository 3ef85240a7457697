package dev.autopilot.projects.database;

import dev.autopilot.kernel.page.Cursor;
import dev.autopilot.kernel.page.Page;
import dev.autopilot.kernel.page.PageRequest;
import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.projects.erasure.ErasureSettings;
import dev.autopilot.projects.project.Role;
import dev.autopilot.projects.storage.RecordCounts;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityNotFoundException;
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
  private static final String JOINED =
      " from Database d join Project p on p.id = d.projectId"
          + " join Member m on m.projectId = p.id"
          + " where m.userId = :user and p.deletedAt is null";

  private static final String SEEN = JOINED + " and d.deletedAt is null";

  /** What is deleted only those still see who may delete. */
  private static final String DELETED =
      JOINED + " and d.deletedAt is not null and not d.erasing and m.role in (EDITOR, OWNER)";

  private static final String SEEN_OR_DELETED =
      JOINED + " and (d.deletedAt is null or m.role in (EDITOR, OWNER))";

  private final EntityManager entities;
  private final RecordCounts counts;
  private final ErasureSettings erasure;

  Databases(EntityManager entities, RecordCounts counts, ErasureSettings erasure) {
    this.entities = entities;
    this.counts = counts;
    this.erasure = erasure;
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
    return only(SEEN, userId, databaseId);
  }

  private Seen only(String from, UUID userId, UUID databaseId) {
    List<Seen> found =
        entities
            .createQuery("select d, m.role, p.ownerId" + from + " and d.id = :database", Seen.class)
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
    Seen seen = locked(seenBy(userId, databaseId));
    if (seen.database().deletedAt() != null) {
      throw CommonError.NOT_FOUND.problem();
    }
    return seen;
  }

  /** The same, and for those who may delete it also one that is deleted. */
  Seen lockedToRestore(UUID userId, UUID databaseId) {
    Seen seen = locked(only(SEEN_OR_DELETED, userId, databaseId));
    if (seen.database().isErasing()) {
      throw CommonError.NOT_FOUND.problem();
    }
    return seen;
  }

  /** As it is once nobody else changes it. */
  private Seen locked(Seen seen) {
    try {
      entities.refresh(seen.database(), LockModeType.PESSIMISTIC_WRITE);
      return seen;
    } catch (EntityNotFoundException erased) {
      throw CommonError.NOT_FOUND.problem();
    }
  }

  /** Newest first; of one project or of all. */
  @Transactional
  Page<DatabaseView> page(UUID userId, @Nullable UUID projectId, PageRequest request) {
    Cursor cursor = request.cursor();
    String from = SEEN + in(projectId);
    TypedQuery<Database> query =
        query(
            "select d"
                + from
                + (cursor == null ? "" : " and d.id < :after")
                + " order by d.id desc",
            Database.class,
            userId,
            projectId);
    if (cursor != null) {
      query.setParameter("after", cursor.uuid(0));
    }
    Page<Database> page =
        Page.of(
            query.setMaxResults(request.limitPlusOne()).getResultList(),
            request,
            database -> Cursor.of(database.id()));
    Map<UUID, Long> records = records(page);
    return page.map(database -> database.view(records.getOrDefault(database.id(), 0L)))
        .withTotal(request.count() ? count(from, userId, projectId) : null);
  }

  /** What can still be restored; what was deleted last comes first. */
  @Transactional
  Page<DatabaseView> deleted(UUID userId, @Nullable UUID projectId, PageRequest request) {
    Cursor cursor = request.cursor();
    String from = DELETED + in(projectId);
    TypedQuery<Database> query =
        query(
            "select d"
                + from
                + (cursor == null
                    ? ""
                    : " and (d.deletedAt < :at or (d.deletedAt = :at and d.id < :after))")
                + " order by d.deletedAt desc, d.id desc",
            Database.class,
            userId,
            projectId);
    if (cursor != null) {
      query.setParameter("at", cursor.instant(0)).setParameter("after", cursor.uuid(1));
    }
    Page<Database> page =
        Page.of(
            query.setMaxResults(request.limitPlusOne()).getResultList(),
            request,
            database -> Cursor.of(database.deletedAt(), database.id()));
    Map<UUID, Long> records = records(page);
    return page.map(database ->
            database.deletedView(records.getOrDefault(database.id(), 0L), erasure.keepDeleted()))
        .withTotal(request.count() ? count(from, userId, projectId) : null);
  }

  private Map<UUID, Long> records(Page<Database> page) {
    return counts.of(page.items().stream().map(Database::id).toList());
  }

  private Long count(String from, UUID userId, @Nullable UUID projectId) {
    return query("select count(*)" + from, Long.class, userId, projectId).getSingleResult();
  }

  private static String in(@Nullable UUID projectId) {
    return projectId == null ? "" : " and d.projectId = :project";
  }

  private <T> TypedQuery<T> query(
      String text, Class<T> type, UUID userId, @Nullable UUID projectId) {
    TypedQuery<T> query = entities.createQuery(text, type).setParameter("user", userId);
    return projectId == null ? query : query.setParameter("project", projectId);
  }
}
