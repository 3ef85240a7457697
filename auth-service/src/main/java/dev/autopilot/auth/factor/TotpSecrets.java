package dev.autopilot.auth.factor;

import dev.autopilot.kernel.secret.SecretBox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.hibernate.Session;

/** The secrets that people's apps share with us, sealed, and the last step whose code was used. */
@ApplicationScoped
class TotpSecrets {
  private static final String PURPOSE = "auth/totp";

  private final Session database;
  private final SecretBox secrets;
  private final Clock clock;
  private final Totp totp = new Totp();

  TotpSecrets(Session database, SecretBox secrets, Clock clock) {
    this.database = database;
    this.secrets = secrets;
    this.clock = clock;
  }

  /** A new secret takes the place of whatever was there. */
  void put(UUID account, byte[] secret) {
    database
        .createNativeMutationQuery(
            """
            insert into totp (account_id, secret, last_step, created_at)
            values (:account, :secret, 0, :now)
            on conflict (account_id) do update set
              secret = excluded.secret, last_step = 0, created_at = excluded.created_at
            """)
        .setParameter("account", account)
        .setParameter("secret", secrets.seal(PURPOSE, account, secret))
        .setParameter("now", clock.instant())
        .executeUpdate();
  }

  void delete(UUID account) {
    database
        .createNativeMutationQuery("delete from totp where account_id = :account")
        .setParameter("account", account)
        .executeUpdate();
  }

  @Transactional
  public boolean exists(UUID account) {
    return sealed(account).isPresent();
  }

  /** Whether the code is right at this moment; it stays unused. */
  @Transactional
  public boolean matches(UUID account, String code) {
    return stepOf(account, code).isPresent();
  }

  /**
   * Uses a code up, with every one before it: of many who present it at once, one moves the step on
   * and the others find that it has been.
   */
  boolean use(UUID account, String code) {
    OptionalLong step = stepOf(account, code);
    return step.isPresent()
        && database
                .createNativeMutationQuery(
                    "update totp set last_step = :step where account_id = :account and last_step < :step")
                .setParameter("step", step.getAsLong())
                .setParameter("account", account)
                .executeUpdate()
            == 1;
  }

  private OptionalLong stepOf(UUID account, String code) {
    return sealed(account)
        .map(sealed -> totp.stepOf(code, secrets.open(PURPOSE, account, sealed), clock.instant()))
        .orElse(OptionalLong.empty());
  }

  private Optional<String> sealed(UUID account) {
    return database
        .createNativeQuery("select secret from totp where account_id = :account", String.class)
        .setParameter("account", account)
        .uniqueResultOptional();
  }
}
