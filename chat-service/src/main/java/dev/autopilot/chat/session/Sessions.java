package dev.autopilot.chat.session;

import dev.autopilot.events.erasure.PersonalData;
import dev.autopilot.kernel.page.Cursor;
import dev.autopilot.kernel.page.Page;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.jpa.HibernateHints;
import org.jspecify.annotations.Nullable;

/** Every question names the owner: another's session is none. */
@ApplicationScoped
class Sessions implements PanacheRepositoryBase<Session, UUID>, PersonalData {

  Session of(UUID owner, UUID id) {
    return find("id = ?1 and ownerId = ?2", id, owner)
        .firstResultOptional()
        .orElseThrow(() -> SessionError.SESSION_NOT_FOUND.about(id));
  }

  /** Locked until the transaction ends, so that a version that matches stays the one it is. */
  Session toChange(UUID owner, UUID id) {
    return find("id = ?1 and ownerId = ?2", id, owner)
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .firstResultOptional()
        .orElseThrow(() -> SessionError.SESSION_NOT_FOUND.about(id));
  }

  /** The last used first. Comparing rows as a whole is what walks the index. */
  Stream<Session> page(UUID owner, @Nullable Cursor cursor, int limit) {
    var query =
        getEntityManager()
            .createNativeQuery(
                """
                select * from session where owner_id = :owner
                %s order by updated_at desc, id desc limit :limit
                """
                    .formatted(cursor == null ? "" : "and (updated_at, id) < (:at, :id)"),
                Session.class)
            .setParameter("owner", owner)
            .setParameter("limit", limit)
            .setHint(HibernateHints.HINT_FETCH_SIZE, Page.ROWS_AT_ONCE);
    if (cursor != null) {
      query.setParameter("at", cursor.instant(0)).setParameter("id", cursor.uuid(1));
    }
    @SuppressWarnings("unchecked") // The query was given its result's class.
    Stream<Session> found = query.getResultStream();
    return found;
  }

  static Cursor cursorOf(Session session) {
    return Cursor.of(session.updatedAt(), session.id());
  }

  long countOf(UUID owner) {
    return count("ownerId", owner);
  }

  @Override
  public int eraseSome(UUID user, int atMost) {
    return getEntityManager()
        .createNativeQuery(
            """
            delete from session where id = any (array(
              select id from session where owner_id = :user limit :atMost))
            """)
        .setParameter("user", user)
        .setParameter("atMost", atMost)
        .executeUpdate();
  }
}
