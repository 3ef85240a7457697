package dev.autopilot.auth.password;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * The passwords of accounts, as hashes. Hashing is done outside of transactions, so that no
 * connection is held while somebody waits for a hasher.
 */
@ApplicationScoped
public class Passwords {
  private final Session database;
  private final HashingPool pool;
  private final Argon2id argon2;
  private final Clock clock;
  private final PasswordHash nobodys;

  Passwords(Session database, HashingPool pool, PasswordSettings settings, Clock clock) {
    this.database = database;
    this.pool = pool;
    this.argon2 =
        new Argon2id(
            new PasswordHash.Cost(
                Math.toIntExact(settings.memory().asLongValue() / 1024),
                settings.iterations(),
                settings.parallelism()));
    this.clock = clock;
    this.nobodys = argon2.unmatched();
  }

  /** A password that was right when it was checked; see {@link #stillStands}. */
  public record Proof(UUID accountId, String phc, @Nullable String stronger) {
    @Override
    public String toString() {
      return "Proof[" + accountId + "]";
    }
  }

  /** What {@link #set} stores; takes as long as a hash takes. */
  public String hash(Password password) {
    return pool.run(() -> argon2.hash(password).phc());
  }

  /** For short secrets that are looked up by their hash, and so share a salt. */
  public String hash(Password secret, String salt) {
    return pool.run(() -> argon2.hash(secret, salt));
  }

  /**
   * Whether this is the account's password. It takes the same time for an account that doesn't
   * exist or has no password.
   */
  public Optional<Proof> check(@Nullable UUID accountId, Password password) {
    String phc =
        accountId == null
            ? null
            : QuarkusTransaction.joiningExisting().call(() -> stored(accountId));
    PasswordHash expected = phc == null ? nobodys : PasswordHash.parse(phc);
    boolean matches = pool.run(() -> argon2.matches(expected, password));
    if (!matches || accountId == null || phc == null) {
      return Optional.empty();
    }
    String stronger = argon2.wouldStrengthen(expected) ? hash(password) : null;
    return Optional.of(new Proof(accountId, phc, stronger));
  }

  /**
   * Whether the password that was checked is still the account's, now that a transaction acts on
   * it. It locks the password until the transaction ends: a change of password comes wholly before,
   * and then this is false, or wholly after, and then it sees and revokes what this transaction
   * made. A hash of an older cost is replaced on the way.
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public boolean stillStands(Proof proof) {
    Optional<String> current =
        database
            .createNativeQuery(
                "select hash from password where account_id = :account for update", String.class)
            .setParameter("account", proof.accountId())
            .uniqueResultOptional();
    if (!current.equals(Optional.of(proof.phc()))) {
      return false;
    }
    if (proof.stronger() != null) {
      set(proof.accountId(), proof.stronger());
    }
    return true;
  }

  /**
   * @param phc what {@link #hash} gave
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public void set(UUID accountId, String phc) {
    database
        .createNativeMutationQuery(
            """
            insert into password (account_id, hash, changed_at) values (:account, :hash, :now)
            on conflict (account_id) do update set hash = excluded.hash, changed_at = excluded.changed_at
            """)
        .setParameter("account", accountId)
        .setParameter("hash", phc)
        .setParameter("now", clock.instant())
        .executeUpdate();
  }

  private @Nullable String stored(UUID accountId) {
    return database
        .createNativeQuery("select hash from password where account_id = :account", String.class)
        .setParameter("account", accountId)
        .uniqueResult();
  }
}
