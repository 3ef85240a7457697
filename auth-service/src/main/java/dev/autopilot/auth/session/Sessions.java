package dev.autopilot.auth.session;

import dev.autopilot.kernel.page.Cursor;
import dev.autopilot.kernel.page.Page;
import dev.autopilot.kernel.page.PageRequest;
import io.quarkus.hibernate.orm.panache.PanacheQuery;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The devices signed in. */
@ApplicationScoped
class Sessions implements PanacheRepositoryBase<Session, UUID> {
  private final SessionSettings settings;
  private final Clock clock;

  Sessions(SessionSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** Those of an account that go on, the latest sign-in first. */
  @Transactional
  Page<Session> liveOf(UUID account, PageRequest request) {
    Instant now = clock.instant();
    String live = "accountId = ?1 and revokedAt is null and expiresAt > ?2";
    Cursor cursor = request.cursor();
    PanacheQuery<Session> query =
        cursor == null
            ? find(live + " order by id desc", account, now)
            : find(live + " and id < ?3 order by id desc", account, now, cursor.uuid(0));
    Page<Session> page =
        Page.of(
            query.range(0, request.limit()).list(), request, session -> Cursor.of(session.id()));
    return request.count() ? page.withTotal(count(live, account, now)) : page;
  }

  /** Whether it began a short while ago. */
  @Transactional
  boolean isFresh(UUID session) {
    return findByIdOptional(session)
        .map(found -> found.createdAt().plus(settings.freshness()).isAfter(clock.instant()))
        .orElse(false);
  }

  /** How it stands with the session that a token names. */
  enum State {
    LIVE,
    ENDED,
    /** The token belongs to no device: a personal one, or a service's. */
    NONE
  }

  @Transactional
  State stateOf(@Nullable UUID session, UUID account) {
    if (session == null) {
      return State.NONE;
    }
    return findByIdOptional(session)
        .map(found ->
            found.accountId().equals(account) && found.goesOnAt(clock.instant())
                ? State.LIVE
                : State.ENDED)
        .orElse(State.NONE);
  }
}
