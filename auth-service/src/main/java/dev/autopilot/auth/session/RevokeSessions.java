package dev.autopilot.auth.session;

import dev.autopilot.events.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;

/**
 * Ends sessions at once: from the commit on none of their refresh tokens gives anything, and the
 * gateways hear by event that their access tokens are to be refused.
 */
@ApplicationScoped
public class RevokeSessions {
  private final Session database;
  private final Revocations revocations;
  private final Outbox outbox;
  private final Clock clock;

  RevokeSessions(Session database, Revocations revocations, Outbox outbox, Clock clock) {
    this.database = database;
    this.revocations = revocations;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** One of an account's sessions; false when it is no session of the account that goes on. */
  @Transactional
  public boolean one(UUID account, UUID session, RevocationReason reason) {
    return !end(account, reason, "and id = :session", Map.of("session", session)).isEmpty();
  }

  /** All of an account's sessions but this one. */
  @Transactional
  public void allBut(UUID account, UUID session, RevocationReason reason) {
    end(account, reason, "and id <> :session", Map.of("session", session));
  }

  /** All of an account's sessions. */
  @Transactional
  public void all(UUID account, RevocationReason reason) {
    end(account, reason, "", Map.of());
  }

  /** One statement decides which end, so that each ends once, whoever else is ending them. */
  private List<UUID> end(
      UUID account, RevocationReason reason, String which, Map<String, UUID> parameters) {
    NativeQuery<UUID> statement =
        database
            .createNativeQuery(
                """
                update session set revoked_at = :now, revoked_reason = :reason
                where account_id = :account and revoked_at is null %s
                returning id
                """
                    .formatted(which),
                UUID.class)
            .setParameter("now", clock.instant())
            .setParameter("reason", reason.wireName())
            .setParameter("account", account);
    parameters.forEach(statement::setParameter);
    List<UUID> ended = statement.list();
    outbox.appendAll(
        ended.stream().map(id -> new SessionRevoked(account, id, reason.wireName())).toList());
    ended.forEach(revocations::ofSession);
    return ended;
  }
}
