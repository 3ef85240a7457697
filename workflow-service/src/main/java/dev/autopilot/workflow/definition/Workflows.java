package dev.autopilot.workflow.definition;

import dev.autopilot.events.erasure.PersonalData;
import dev.autopilot.kernel.page.Page;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.jpa.HibernateHints;
import org.jspecify.annotations.Nullable;

/** Every question names the owner: another's workflow is none. */
@ApplicationScoped
class Workflows implements PanacheRepositoryBase<Workflow, UUID>, PersonalData {

  Workflow of(UUID owner, UUID id) {
    return find("id = ?1 and ownerId = ?2", id, owner)
        .firstResultOptional()
        .orElseThrow(() -> WorkflowError.WORKFLOW_NOT_FOUND.about(id));
  }

  /** Locked until the transaction ends, so that a version that matches stays the one it is. */
  Workflow toChange(UUID owner, UUID id) {
    return find("id = ?1 and ownerId = ?2", id, owner)
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .firstResultOptional()
        .orElseThrow(() -> WorkflowError.WORKFLOW_NOT_FOUND.about(id));
  }

  /** A workflow with its newest definition. */
  @RegisterForReflection // Hibernate makes it.
  record Drafted(Workflow workflow, WorkflowVersion draft) {
    WorkflowView view() {
      return workflow.view(draft.definitionAsWritten());
    }
  }

  /** The newest first, from below an id on, with their drafts by the same question. */
  Stream<Drafted> page(UUID owner, @Nullable UUID below, int limit) {
    var query =
        getEntityManager()
            .createQuery(
                """
                select w, v from Workflow w
                join WorkflowVersion v
                  on v.key.workflowId = w.id and v.key.number = w.draftVersion
                where w.ownerId = :owner %s
                order by w.id desc
                """
                    .formatted(below == null ? "" : "and w.id < :below"),
                Drafted.class)
            .setParameter("owner", owner)
            .setHint(HibernateHints.HINT_FETCH_SIZE, Page.ROWS_AT_ONCE)
            .setMaxResults(limit);
    return (below == null ? query : query.setParameter("below", below)).getResultStream();
  }

  long countOf(UUID owner) {
    return count("ownerId", owner);
  }

  WorkflowVersion draftOf(Workflow workflow) {
    return getEntityManager().find(WorkflowVersion.class, workflow.draft());
  }

  /** The newest first, from below a number on. */
  Stream<WorkflowVersion> versionsOf(Workflow workflow, int below, int limit) {
    return getEntityManager()
        .createQuery(
            "from WorkflowVersion v where v.key.workflowId = :workflow and v.key.number < :below"
                + " order by v.key.number desc",
            WorkflowVersion.class)
        .setParameter("workflow", workflow.id())
        .setParameter("below", below)
        .setHint(HibernateHints.HINT_FETCH_SIZE, Page.ROWS_AT_ONCE)
        .setMaxResults(limit)
        .getResultStream();
  }

  void store(WorkflowVersion version) {
    getEntityManager().persist(version);
  }

  /** Old versions first: a workflow has its draft as long as it is there, and takes it along. */
  @Override
  public int eraseSome(UUID user, int atMost) {
    int versions =
        eraseSome(
            """
            delete from workflow_version where ctid = any (array(
              select v.ctid from workflow w
              join workflow_version v on v.workflow_id = w.id and v.number <> w.draft_version
              where w.owner_id = :user limit :atMost))
            """,
            user,
            atMost);
    return versions
        + eraseSome(
            """
            delete from workflow where id = any (array(
              select id from workflow where owner_id = :user limit :atMost))
            """,
            user,
            atMost - versions);
  }

  private int eraseSome(String sql, UUID user, int atMost) {
    return getEntityManager()
        .createNativeQuery(sql)
        .setParameter("user", user)
        .setParameter("atMost", atMost)
        .executeUpdate();
  }
}
