package dev.autopilot.integration.endpoint;

import dev.autopilot.events.erasure.PersonalData;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.UUID;

/** With a person go all endpoints, after whatever was delivered to them. */
@ApplicationScoped
class EraseEndpoints implements PersonalData {
  /** An endpoint takes along, by the schema, what was delivered to it since. */
  private static final List<String> STATEMENTS =
      List.of(
          """
          delete from delivery where id = any (array(
            select d.id from endpoint e join delivery d on d.endpoint_id = e.id
            where e.owner_id = :user limit :atMost))
          """,
          """
          delete from seen_delivery where ctid = any (array(
            select s.ctid from endpoint e join seen_delivery s on s.endpoint_id = e.id
            where e.owner_id = :user limit :atMost))
          """,
          """
          delete from endpoint where id = any (array(
            select id from endpoint where owner_id = :user limit :atMost))
          """);

  private final EntityManager entities;

  EraseEndpoints(EntityManager entities) {
    this.entities = entities;
  }

  @Override
  public int eraseSome(UUID user, int atMost) {
    int erased = 0;
    for (String sql : STATEMENTS) {
      erased +=
          entities
              .createNativeQuery(sql)
              .setParameter("user", user)
              .setParameter("atMost", atMost - erased)
              .executeUpdate();
    }
    return erased;
  }
}
