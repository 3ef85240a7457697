package dev.autopilot.auth.session;

import dev.autopilot.auth.account.Account;
import dev.autopilot.auth.secret.Keyed;
import dev.autopilot.auth.secret.OpaqueToken;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * Refresh tokens: opaque, kept as hashes, each good for one rotation.
 *
 * <p>A successor isn't stored either. It is the keyed hash of its predecessor and a salt that is
 * drawn at rotation, so that whoever presents the predecessor within the grace can be given the
 * very same successor, by any replica; the table alone, or a token alone, says nothing of it.
 */
@ApplicationScoped
class RefreshTokens {
  private static final String PURPOSE = "refresh-token";
  private static final int SALT = 16;

  private final Session database;
  private final SessionSettings settings;
  private final Keyed keyed;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  RefreshTokens(Session database, SessionSettings settings, Keyed keyed, Clock clock) {
    this.database = database;
    this.settings = settings;
    this.keyed = keyed;
    this.clock = clock;
  }

  /**
   * A token as the table knows it.
   *
   * @param spentAt when it was rotated; null while it is good
   * @param successor what it was rotated to
   * @param live whether its session goes on
   */
  record Known(
      UUID sessionId,
      UUID accountId,
      @Nullable Instant spentAt,
      @Nullable OpaqueToken successor,
      boolean live) {}

  /** The first token of a session. */
  OpaqueToken begin(UUID sessionId, Instant now) {
    OpaqueToken first = OpaqueToken.random();
    database
        .createNativeMutationQuery(
            """
            insert into refresh_token (hash, session_id, created_at, expires_at)
            values (:hash, :session, :now, :expires)
            """)
        .setParameter("hash", first.hash())
        .setParameter("session", sessionId)
        .setParameter("now", now)
        .setParameter("expires", now.plus(settings.idleLifetime()))
        .executeUpdate();
    return first;
  }

  /**
   * Spends a token and makes its successor, in one statement: of many who present it at once one
   * gets the row. The others wait for that one's commit, see the token spent and rotate nothing.
   * The session's row is locked first, as by an erasure, which takes its tokens with it: the other
   * way round the two would wait for each other. Against a revocation the last clause decides: it
   * looks at the session as it is by then, so that no rotation comes out of one that has ended.
   * What the new tokens say of the session and its owner comes with it: a refresh costs one
   * statement and a commit.
   *
   * @return the successor and whose it is, or nothing when the token can't be rotated
   */
  Optional<Rotation> rotate(OpaqueToken token) {
    Instant now = clock.instant();
    byte[] salt = new byte[SALT];
    random.nextBytes(salt);
    OpaqueToken successor = successorOf(token, salt);
    return database
        .createNativeQuery(
            """
            with locked as (
              select s.id from refresh_token t join session s on s.id = t.session_id
              where t.hash = :hash for no key update of s
            ), spent as (
              update refresh_token t set spent_at = :now, salt = :salt from locked
              where t.hash = :hash and t.session_id = locked.id
                and t.spent_at is null and t.expires_at > :now
              returning t.session_id
            ), born as (
              insert into refresh_token (hash, session_id, created_at, expires_at)
              select :successor, session_id, :now, :expires from spent
            )
            update session s set last_used_at = :now from spent, account a
            where s.id = spent.session_id and a.id = s.account_id
              and s.revoked_at is null and s.expires_at > :now
            returning {s.*}, {a.*}
            """,
            Object[].class)
        .addEntity("s", dev.autopilot.auth.session.Session.class)
        .addEntity("a", Account.class)
        .setTupleTransformer((row, names) ->
            new Rotation((dev.autopilot.auth.session.Session) row[0], (Account) row[1], successor))
        .setParameter("now", now)
        .setParameter("salt", salt)
        .setParameter("hash", token.hash())
        .setParameter("successor", successor.hash())
        .setParameter("expires", now.plus(settings.idleLifetime()))
        .uniqueResultOptional();
  }

  /** A token, the session that it carries on, and whose that is. */
  record Rotation(dev.autopilot.auth.session.Session session, Account account, OpaqueToken token) {}

  Optional<Known> find(OpaqueToken token) {
    return database
        .createNativeQuery(
            """
            select t.session_id, s.account_id, t.spent_at, t.salt,
              s.revoked_at is null and s.expires_at > :now as live
            from refresh_token t join session s on s.id = t.session_id
            where t.hash = :hash
            """,
            Object[].class)
        .addScalar("session_id", UUID.class)
        .addScalar("account_id", UUID.class)
        .addScalar("spent_at", Instant.class)
        .addScalar("salt", byte[].class)
        .addScalar("live", Boolean.class)
        .setTupleTransformer((row, names) ->
            new Known(
                (UUID) row[0],
                (UUID) row[1],
                (Instant) row[2],
                row[3] == null ? null : successorOf(token, (byte[]) row[3]),
                (Boolean) row[4]))
        .setParameter("hash", token.hash())
        .setParameter("now", clock.instant())
        .uniqueResultOptional();
  }

  private OpaqueToken successorOf(OpaqueToken token, byte[] salt) {
    return OpaqueToken.of(keyed.hash(PURPOSE, token.bytes(), salt));
  }

  /** Tokens that have expired can't be told from unknown ones any more. */
  int forgetExpired() {
    return database
        .createNativeMutationQuery("delete from refresh_token where expires_at < :now")
        .setParameter("now", clock.instant())
        .executeUpdate();
  }
}
