package dev.autopilot.projects.project;

import dev.autopilot.events.outbox.Outbox;
import dev.autopilot.kernel.page.Cursor;
import dev.autopilot.kernel.page.Page;
import dev.autopilot.kernel.page.PageRequest;
import dev.autopilot.kernel.problem.CommonError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who may see a project. Members see each other; only the owner lets in, promotes and puts out. */
@ApplicationScoped
class Members {
  private final Projects projects;
  private final EntityManager entities;
  private final Outbox outbox;
  private final Clock clock;

  Members(Projects projects, EntityManager entities, Outbox outbox, Clock clock) {
    this.projects = projects;
    this.entities = entities;
    this.outbox = outbox;
    this.clock = clock;
  }

  @Transactional
  Page<MemberView> page(UUID userId, UUID projectId, PageRequest request) {
    Projects.Seen _ = projects.seenBy(userId, projectId);
    Cursor cursor = request.cursor();
    var query =
        entities
            .createQuery(
                "from Member m where m.projectId = :project"
                    + (cursor == null ? "" : " and m.userId > :after")
                    + " order by m.userId",
                Member.class)
            .setParameter("project", projectId)
            .setMaxResults(request.limitPlusOne());
    if (cursor != null) {
      query.setParameter("after", cursor.uuid(0));
    }
    return Page.of(query.getResultList(), request, member -> Cursor.of(member.userId()))
        .map(Member::view)
        .withTotal(request.count() ? count(projectId) : null);
  }

  private Long count(UUID projectId) {
    return entities
        .createQuery("select count(*) from Member m where m.projectId = :project", Long.class)
        .setParameter("project", projectId)
        .getSingleResult();
  }

  @Transactional
  MemberView add(UUID userId, UUID projectId, AddMemberRequest request) {
    Project project = projects.lockedFor(userId, projectId).as(Role.OWNER);
    requireGrantable(request.role());
    if (find(projectId, request.userId()) != null) {
      throw ProjectError.ALREADY_A_MEMBER.problem();
    }
    Member member =
        new Member(
            projectId,
            request.userId(),
            request.role(),
            clock.instant().truncatedTo(ChronoUnit.MILLIS));
    entities.persist(member);
    tell("added", project, member);
    return member.view();
  }

  @Transactional
  MemberView change(UUID userId, UUID projectId, UUID memberId, Role role) {
    Project project = projects.lockedFor(userId, projectId).as(Role.OWNER);
    requireGrantable(role);
    Member member = existing(projectId, memberId);
    member.become(role);
    tell("changed", project, member);
    return member.view();
  }

  /** The owner puts out whom they like; everybody else may leave. */
  @Transactional
  void remove(UUID userId, UUID projectId, UUID memberId) {
    Projects.Seen seen = projects.lockedFor(userId, projectId);
    if (!memberId.equals(userId)) {
      Project _ = seen.as(Role.OWNER);
    }
    Member member = existing(projectId, memberId);
    entities.remove(member);
    tell("removed", seen.project(), member);
  }

  /** Who is in belongs to the project, so its version counts that as well. */
  private void tell(String verb, Project project, Member member) {
    entities.lock(project, LockModeType.PESSIMISTIC_FORCE_INCREMENT);
    outbox.append(project.told(verb, member));
  }

  private static void requireGrantable(Role role) {
    if (role == Role.OWNER) {
      throw CommonError.VALIDATION_FAILED.at("/role", "Either editor or viewer.");
    }
  }

  private Member existing(UUID projectId, UUID memberId) {
    Member member = find(projectId, memberId);
    if (member == null) {
      throw CommonError.NOT_FOUND.problem();
    }
    if (member.role() == Role.OWNER) {
      throw ProjectError.OWNER_STAYS.problem();
    }
    return member;
  }

  private @Nullable Member find(UUID projectId, UUID memberId) {
    return entities.find(Member.class, new Member.Key(memberId, projectId));
  }
}
