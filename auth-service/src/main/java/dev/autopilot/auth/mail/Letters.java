package dev.autopilot.auth.mail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.autopilot.kernel.Ids;
import dev.autopilot.kernel.secret.SecretBox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/**
 * The letters that wait to be sent. They are left here in the transaction of what they tell of, and
 * sealed, since many hold a link that lets somebody in.
 */
@ApplicationScoped
public class Letters {
  private static final String PURPOSE = "auth/letter";

  private final Session database;
  private final SecretBox secrets;
  private final ObjectMapper json;
  private final Clock clock;

  Letters(Session database, SecretBox secrets, ObjectMapper json, Clock clock) {
    this.database = database;
    this.secrets = secrets;
    this.json = json;
    this.clock = clock;
  }

  /**
   * A letter that is due, still sealed.
   *
   * @param tries how often it has been taken to be sent, with this time
   */
  record Due(UUID id, String sealed, int tries, Instant createdAt) {}

  /** Leaves a letter to somebody; if their account goes, it goes too. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void leave(UUID account, Letter letter) {
    UUID id = Ids.next();
    database
        .createNativeMutationQuery(
            """
            insert into letter (id, account_id, sealed, created_at, due_at, tries)
            values (:id, :account, :sealed, :now, :now, 0)
            """)
        .setParameter("id", id)
        .setParameter("account", account)
        .setParameter("sealed", secrets.seal(PURPOSE, id, write(letter)))
        .setParameter("now", clock.instant())
        .executeUpdate();
  }

  /**
   * Takes one that is due. Nobody else takes it before the lease is over, and no transaction and no
   * lock last as long as a mail server takes to answer.
   */
  @Transactional
  Optional<Due> claim(Duration lease) {
    Instant now = clock.instant();
    return database
        .createNativeQuery(
            """
            update letter set tries = tries + 1, due_at = :until
            where id = (select id from letter where due_at <= :now
              order by due_at limit 1 for update skip locked)
            returning id, sealed, tries, created_at
            """,
            Object[].class)
        .addScalar("id", UUID.class)
        .addScalar("sealed", String.class)
        .addScalar("tries", Integer.class)
        .addScalar("created_at", Instant.class)
        .setTupleTransformer((row, names) ->
            new Due((UUID) row[0], (String) row[1], (Integer) row[2], (Instant) row[3]))
        .setParameter("now", now)
        .setParameter("until", now.plus(lease))
        .uniqueResultOptional();
  }

  @Transactional
  void remove(UUID id) {
    database
        .createNativeMutationQuery("delete from letter where id = :id")
        .setParameter("id", id)
        .executeUpdate();
  }

  @Transactional
  void postpone(UUID id, Duration by) {
    database
        .createNativeMutationQuery("update letter set due_at = :due where id = :id")
        .setParameter("id", id)
        .setParameter("due", clock.instant().plus(by))
        .executeUpdate();
  }

  private byte[] write(Letter letter) {
    try {
      return json.writeValueAsString(letter).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * @throws RuntimeException when it was sealed under another {@code SECRET_KEY}, or damaged
   */
  Letter open(Due due) {
    try {
      byte[] plain = secrets.open(PURPOSE, due.id(), due.sealed());
      return json.readValue(new String(plain, StandardCharsets.UTF_8), Letter.class);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
