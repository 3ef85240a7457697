package dev.autopilot.auth.factor;

import dev.autopilot.auth.password.Password;
import dev.autopilot.auth.password.Passwords;
import dev.autopilot.auth.secret.OpaqueToken;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.Session;

/**
 * Ten codes on paper, each good once. They are short enough to type, and so hashed like passwords
 * (ASVS 6.5.2); all ten with one salt, so that checking one costs one hash.
 */
@ApplicationScoped
class BackupCodes {
  static final int COUNT = 10;

  /** No vowels, so that no words come out, and nothing that looks like something else. */
  private static final String ALPHABET = "23456789bcdfghjkmnpqrstvwxz";

  private static final int LENGTH = 10;

  private final Session database;
  private final Passwords passwords;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  BackupCodes(Session database, Passwords passwords, Clock clock) {
    this.database = database;
    this.passwords = passwords;
    this.clock = clock;
  }

  /** New codes, to be shown once, and what is stored of them. */
  record Fresh(List<String> codes, String salt, List<String> hashes) {}

  /** How many are left, and since when there are any. */
  record Stock(int remaining, Instant generatedAt) {}

  /** Takes as long as ten hashes take, and so is to be called outside of any transaction. */
  Fresh generate() {
    String salt = OpaqueToken.random().value();
    List<String> codes = Stream.generate(this::code).distinct().limit(COUNT).toList();
    return new Fresh(
        codes.stream().map(BackupCodes::grouped).toList(),
        salt,
        codes.stream().map(code -> passwords.hash(new Password(code), salt)).toList());
  }

  /** The new codes take the place of all old ones. */
  void replace(UUID account, Fresh fresh) {
    delete(account);
    database
        .createNativeMutationQuery(
            "insert into backup_codes (account_id, salt, generated_at) values (:account, :salt, :now)")
        .setParameter("account", account)
        .setParameter("salt", fresh.salt())
        .setParameter("now", clock.instant())
        .executeUpdate();
    fresh
        .hashes()
        .forEach(hash ->
            database
                .createNativeMutationQuery(
                    "insert into backup_code (account_id, hash) values (:account, :hash)")
                .setParameter("account", account)
                .setParameter("hash", hash)
                .executeUpdate());
  }

  void delete(UUID account) {
    database
        .createNativeMutationQuery("delete from backup_codes where account_id = :account")
        .setParameter("account", account)
        .executeUpdate();
  }

  /** What {@link #use} takes; outside of any transaction, since it hashes. */
  Optional<String> hashOf(UUID account, String code) {
    return QuarkusTransaction.joiningExisting()
        .call(() -> saltOf(account))
        .map(salt -> passwords.hash(new Password(code), salt));
  }

  @Transactional
  public boolean exists(UUID account, String hash) {
    return database
        .createNativeQuery(
            "select hash from backup_code where account_id = :account and hash = :hash",
            String.class)
        .setParameter("account", account)
        .setParameter("hash", hash)
        .uniqueResultOptional()
        .isPresent();
  }

  /** Uses a code up: of two who present it at once, one deletes the row. */
  boolean use(UUID account, String hash) {
    return database
            .createNativeMutationQuery(
                "delete from backup_code where account_id = :account and hash = :hash")
            .setParameter("account", account)
            .setParameter("hash", hash)
            .executeUpdate()
        == 1;
  }

  @Transactional
  public Optional<Stock> stock(UUID account) {
    return database
        .createNativeQuery(
            """
            select count(c.hash) as remaining, s.generated_at
            from backup_codes s left join backup_code c on c.account_id = s.account_id
            where s.account_id = :account group by s.generated_at
            """,
            Object[].class)
        .addScalar("remaining", Integer.class)
        .addScalar("generated_at", Instant.class)
        .setTupleTransformer((row, names) -> new Stock((Integer) row[0], (Instant) row[1]))
        .setParameter("account", account)
        .uniqueResultOptional();
  }

  private Optional<String> saltOf(UUID account) {
    return database
        .createNativeQuery(
            "select salt from backup_codes where account_id = :account", String.class)
        .setParameter("account", account)
        .uniqueResultOptional();
  }

  private String code() {
    StringBuilder code = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      code.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return code.toString();
  }

  private static String grouped(String code) {
    return code.substring(0, LENGTH / 2) + "-" + code.substring(LENGTH / 2);
  }
}
