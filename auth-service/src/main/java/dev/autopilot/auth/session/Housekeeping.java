package dev.autopilot.auth.session;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import org.hibernate.Session;

/**
 * Deletes what has ended. Every replica does it; each statement may find that another has been
 * there before.
 */
@ApplicationScoped
class Housekeeping {
  private final Session database;
  private final RefreshTokens refreshTokens;
  private final Revocations revocations;
  private final SessionSettings settings;
  private final Clock clock;

  Housekeeping(
      Session database,
      RefreshTokens refreshTokens,
      Revocations revocations,
      SessionSettings settings,
      Clock clock) {
    this.database = database;
    this.refreshTokens = refreshTokens;
    this.revocations = revocations;
    this.settings = settings;
    this.clock = clock;
  }

  /** An ended session is kept for as long as one of its tokens could still be presented. */
  @Scheduled(every = "10m", delayed = "10m")
  @Transactional
  void clean() {
    revocations.forgetExpired();
    refreshTokens.forgetExpired();
    database
        .createNativeMutationQuery(
            "delete from session where least(expires_at, coalesce(revoked_at, expires_at)) < :old")
        .setParameter("old", clock.instant().minus(settings.idleLifetime()))
        .executeUpdate();
  }
}
