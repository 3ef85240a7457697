package dev.autopilot.auth.recovery;

import dev.autopilot.auth.secret.OpaqueToken;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/** What links in letters carry: good once, for a while, and only the latest of its kind. */
@ApplicationScoped
class MailedTokens {
  private final Session database;
  private final Clock clock;

  MailedTokens(Session database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  enum Purpose {
    VERIFY_EMAIL,
    RESET_PASSWORD
  }

  OpaqueToken issue(UUID account, Purpose purpose, Duration lifetime) {
    OpaqueToken token = OpaqueToken.random();
    database
        .createNativeMutationQuery(
            """
            insert into mailed_token (account_id, purpose, hash, expires_at)
            values (:account, :purpose, :hash, :expires)
            on conflict (account_id, purpose) do update set
              hash = excluded.hash, expires_at = excluded.expires_at
            """)
        .setParameter("account", account)
        .setParameter("purpose", purpose.name())
        .setParameter("hash", token.hash())
        .setParameter("expires", clock.instant().plus(lifetime))
        .executeUpdate();
    return token;
  }

  /** Whose it is, if it is good; it stays so. */
  @Transactional
  public Optional<UUID> ownerOf(OpaqueToken token, Purpose purpose) {
    return database
        .createNativeQuery(
            """
            select account_id from mailed_token
            where hash = :hash and purpose = :purpose and expires_at > :now
            """,
            UUID.class)
        .setParameter("hash", token.hash())
        .setParameter("purpose", purpose.name())
        .setParameter("now", clock.instant())
        .uniqueResultOptional();
  }

  /** Uses it up: of two who present it at once, one deletes the row. */
  Optional<UUID> use(OpaqueToken token, Purpose purpose) {
    return database
        .createNativeQuery(
            """
            delete from mailed_token
            where hash = :hash and purpose = :purpose and expires_at > :now
            returning account_id
            """,
            UUID.class)
        .setParameter("hash", token.hash())
        .setParameter("purpose", purpose.name())
        .setParameter("now", clock.instant())
        .uniqueResultOptional();
  }
}
