package dev.autopilot.auth.password;

import dev.autopilot.auth.account.EmailAddress;
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
    private Proof with(String newPhc) {
      return new Proof(accountId, phc, newPhc);
    }

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
   * Whether this is the password of the account with that address. One query and one hash answer
   * it, whether or not there is such an account and whether or not it has a password.
   */
  public Optional<Proof> check(EmailAddress email, Password password) {
    return check("a.email_key = :which", email.key(), password);
  }

  /** Whether this is the account's password, in the same way. */
  public Optional<Proof> check(UUID accountId, Password password) {
    return check("a.id = :which", accountId, password);
  }

  private Optional<Proof> check(String condition, Object which, Password password) {
    Optional<Proof> stored =
        QuarkusTransaction.joiningExisting().call(() -> stored(condition, which));
    PasswordHash expected = stored.map(proof -> PasswordHash.parse(proof.phc())).orElse(nobodys);
    boolean matches = pool.run(() -> argon2.matches(expected, password));
    return stored
        .filter(proof -> matches)
        .map(proof -> argon2.wouldStrengthen(expected) ? proof.with(hash(password)) : proof);
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

  /** Whether the account has one; whoever signs in at another provider may have none. */
  @Transactional
  public boolean has(UUID accountId) {
    return stored("a.id = :which", accountId).isPresent();
  }

  /** What would be proved, if the password is right. */
  private Optional<Proof> stored(String condition, Object which) {
    return database
        .createNativeQuery(
            "select a.id, p.hash from account a join password p on p.account_id = a.id where "
                + condition,
            Object[].class)
        .addScalar("id", UUID.class)
        .addScalar("hash", String.class)
        .setTupleTransformer((row, names) -> new Proof((UUID) row[0], (String) row[1], null))
        .setParameter("which", which)
        .uniqueResultOptional();
  }
}
