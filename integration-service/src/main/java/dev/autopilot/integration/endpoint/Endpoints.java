package dev.autopilot.integration.endpoint;

import dev.autopilot.kernel.page.Cursor;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Every question but one names the owner: another's endpoint is none. */
@ApplicationScoped
class Endpoints implements PanacheRepositoryBase<Endpoint, UUID> {

  Endpoint of(UUID owner, UUID id) {
    return find("id = ?1 and ownerId = ?2", id, owner)
        .firstResultOptional()
        .orElseThrow(() -> EndpointError.ENDPOINT_NOT_FOUND.about(id));
  }

  /** Locked until the transaction ends, so that a version that matches stays the one it is. */
  Endpoint toChange(UUID owner, UUID id) {
    return find("id = ?1 and ownerId = ?2", id, owner)
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .firstResultOptional()
        .orElseThrow(() -> EndpointError.ENDPOINT_NOT_FOUND.about(id));
  }

  /**
   * Whoever's it is. The lock keeps it from being deleted under a delivery, and is in nobody else's
   * way.
   */
  Endpoint staying(UUID id) {
    Object found =
        getEntityManager()
            .createNativeQuery(
                "select * from endpoint where id = :id for key share", Endpoint.class)
            .setParameter("id", id)
            .getSingleResultOrNull();
    if (found instanceof Endpoint endpoint) {
      return endpoint;
    }
    throw EndpointError.ENDPOINT_NOT_FOUND.about(id);
  }

  /** The newest first: ids are in order of their making. */
  List<Endpoint> page(UUID owner, @Nullable Cursor cursor, int limit) {
    return (cursor == null
            ? find("ownerId = ?1 order by id desc", owner)
            : find("ownerId = ?1 and id < ?2 order by id desc", owner, cursor.uuid(0)))
        .range(0, limit - 1)
        .list();
  }

  static Cursor cursorOf(Endpoint endpoint) {
    return Cursor.of(endpoint.id());
  }

  long countOf(UUID owner) {
    return count("ownerId", owner);
  }
}
