package dev.autopilot.auth.session;

import dev.autopilot.events.outbox.Outbox;
import dev.autopilot.events.outbox.OutboxMessage;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;

/**
 * What gateways must refuse although its signature is good: told on a compacted topic, and kept
 * here for gateways that can't reach Kafka. An entry counts until the last token it concerns has
 * expired; then it is deleted in both places.
 */
@ApplicationScoped
public class Revocations {
  static final String TOPIC = "auth.revocations.v1";

  /** Clocks differ, and a token may be signed in the moment of its revocation. */
  private static final Duration MARGIN = Duration.ofMinutes(1);

  /** Who asks for what is new might otherwise miss what was decided earlier and committed later. */
  private static final Duration OVERLAP = Duration.ofSeconds(30);

  private final Session database;
  private final AccessTokens accessTokens;
  private final Outbox outbox;
  private final Clock clock;

  Revocations(Session database, AccessTokens accessTokens, Outbox outbox, Clock clock) {
    this.database = database;
    this.accessTokens = accessTokens;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * The value of a record on the topic.
   *
   * @param until when the last token that it concerns has expired
   */
  @RegisterForReflection
  public record Revocation(Instant revokedAt, Instant until) {}

  /**
   * @param key {@code session:<sid>} or {@code user:<uid>}
   */
  public record Entry(String key, Instant revokedAt, Instant until) {}

  /** All tokens whose {@code sid} this is. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void ofSession(UUID session) {
    revoke("session:" + session, clock.instant());
  }

  /**
   * All tokens of somebody who is being erased, whatever they belong to: also one that is signed
   * while this transaction still waits for its commit, and so says that it was issued later.
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public void ofErased(UUID user) {
    revoke("user:" + user, clock.instant().plus(MARGIN));
  }

  /** What counts now and was revoked since then, or a little earlier. */
  @Transactional
  public List<Entry> liveSince(Instant since) {
    return database
        .createNativeQuery(
            """
            select key, revoked_at, until from revocation
            where until > :now and revoked_at >= :since order by revoked_at
            """,
            Object[].class)
        .addScalar("key", String.class)
        .addScalar("revoked_at", Instant.class)
        .addScalar("until", Instant.class)
        .setTupleTransformer(
            (row, names) -> new Entry((String) row[0], (Instant) row[1], (Instant) row[2]))
        .setParameter("now", clock.instant())
        .setParameter("since", since.minus(OVERLAP))
        .list();
  }

  /** Deletes what counts no longer; the topic forgets it by a tombstone. */
  @Transactional
  void forgetExpired() {
    database
        .createNativeQuery("delete from revocation where until < :now returning key", String.class)
        .setParameter("now", clock.instant())
        .list()
        .forEach(key -> outbox.append(new OutboxMessage(TOPIC, key, null)));
  }

  private void revoke(String key, Instant revokedAt) {
    Instant until = revokedAt.plus(accessTokens.lifetime()).plus(MARGIN);
    database
        .createNativeMutationQuery(
            """
            insert into revocation (key, revoked_at, until) values (:key, :revokedAt, :until)
            on conflict (key) do update set revoked_at = excluded.revoked_at, until = excluded.until
            """)
        .setParameter("key", key)
        .setParameter("revokedAt", revokedAt)
        .setParameter("until", until)
        .executeUpdate();
    outbox.append(new OutboxMessage(TOPIC, key, new Revocation(revokedAt, until)));
  }
}
