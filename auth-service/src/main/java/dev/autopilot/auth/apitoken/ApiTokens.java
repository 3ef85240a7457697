package dev.autopilot.auth.apitoken;

import dev.autopilot.kernel.page.Cursor;
import dev.autopilot.kernel.page.Page;
import dev.autopilot.kernel.page.PageRequest;
import io.quarkus.hibernate.orm.panache.PanacheQuery;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/** The personal access tokens. */
@ApplicationScoped
class ApiTokens implements PanacheRepositoryBase<ApiToken, UUID> {

  /** Those of an account, the youngest first. */
  @Transactional
  public Page<ApiToken> of(UUID account, PageRequest request) {
    Cursor cursor = request.cursor();
    PanacheQuery<ApiToken> query =
        cursor == null
            ? find("accountId = ?1 order by id desc", account)
            : find("accountId = ?1 and id < ?2 order by id desc", account, cursor.uuid(0));
    Page<ApiToken> page =
        Page.of(query.range(0, request.limit()).list(), request, token -> Cursor.of(token.id()));
    return request.count() ? page.withTotal(countOf(account)) : page;
  }

  long countOf(UUID account) {
    return count("accountId", account);
  }

  Optional<ApiToken> withHash(byte[] hash) {
    return find("hash", hash).firstResultOptional();
  }

  boolean deleteOwn(UUID account, UUID id) {
    return delete("id = ?1 and accountId = ?2", id, account) == 1;
  }

  /** Which they were. */
  List<UUID> deleteAllOf(UUID account) {
    return getEntityManager()
        .unwrap(Session.class)
        .createNativeQuery(
            "delete from api_token where account_id = :account returning id", UUID.class)
        .setParameter("account", account)
        .list();
  }

  /** Notes a use, to the minute: a busy token costs one write a minute and not one a request. */
  void used(ApiToken token, Instant now) {
    getEntityManager()
        .createNativeQuery(
            """
            update api_token set last_used_at = :now
            where id = :id and (last_used_at is null or last_used_at < :now)
            """)
        .setParameter("id", token.id())
        .setParameter("now", now.truncatedTo(ChronoUnit.MINUTES))
        .executeUpdate();
  }
}
