package dev.autopilot.auth.account;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Everybody who has an account here. */
@ApplicationScoped
public class Accounts implements PanacheRepositoryBase<Account, UUID> {
  private final AccountSettings settings;

  Accounts(AccountSettings settings) {
    this.settings = settings;
  }

  @Transactional
  public Optional<Account> withEmail(EmailAddress email) {
    return find("emailKey", email.key()).firstResultOptional();
  }

  /** The same, kept from changing until the transaction ends. */
  @Transactional(Transactional.TxType.MANDATORY)
  public Optional<Account> withEmailForUpdate(EmailAddress email) {
    return find("emailKey", email.key())
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .firstResultOptional();
  }

  @Transactional
  public boolean isTaken(EmailAddress email) {
    return count("emailKey", email.key()) > 0;
  }

  /** The account, or 401: a token may outlive it by minutes. */
  @Transactional
  public Account present(UUID id) {
    return findByIdOptional(id).orElseThrow(AccountError.ACCOUNT_GONE::problem);
  }

  /** The same, kept from changing until the transaction ends. */
  public Account presentForUpdate(UUID id) {
    return findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE)
        .orElseThrow(AccountError.ACCOUNT_GONE::problem);
  }

  /** What the account may do with a token: nothing while it lacks a second factor it must have. */
  public Set<String> scopesOf(Account account) {
    return settings.secondFactorRequired() && !account.twoFactorEnabled()
        ? Set.of()
        : account.role().scopes();
  }

  /**
   * Adds a new account; the founder of the installation becomes its administrator.
   *
   * <p>Of two who register one address at once, the second waits for the first's commit and is then
   * told that the address is taken. An installation is founded in the same way, by whoever gets the
   * only row of {@code founding}. Somebody who deletes the founding account doesn't thereby offer
   * the installation to the next who comes.
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public Account add(UUID id, EmailAddress email, String name, Instant now) {
    if (!insert(id, email, name, now)) {
      throw AccountError.EMAIL_TAKEN.problem();
    }
    Account account = present(id);
    if (settings.adminEmail().isEmpty() && founds(account)) {
      account.promote();
    }
    return account;
  }

  /**
   * Notes that somebody who reads the account's mail agrees to it. That need not be whoever can
   * sign in to it: anybody may have registered the address.
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public void verified(Account account, Instant now) {
    account.verified(now);
  }

  /**
   * Notes that one person has both, the mailbox and the way in; if the address is the
   * administrator's, then so is the installation.
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public void proved(Account account, Instant now) {
    account.verified(now);
    if (isToBeAdministrator(account)) {
      account.promote();
    }
  }

  /** Whether it becomes the administrator's once it has been proved to be theirs. */
  public boolean isToBeAdministrator(Account account) {
    return account.role() != Role.ADMIN
        && settings
            .adminEmail()
            .map(admin -> new EmailAddress(admin).key().equals(account.email().key()))
            .orElse(false);
  }

  /** By hand, since a broken constraint would be logged with the row's values. */
  private boolean insert(UUID id, EmailAddress email, String name, Instant now) {
    return getEntityManager()
            .createNativeQuery(
                """
                insert into account (id, email, email_key, name, role, created_at, version)
                values (:id, :email, :key, :name, :role, :now, 0)
                on conflict (email_key) do nothing
                """)
            .setParameter("id", id)
            .setParameter("email", email.text())
            .setParameter("key", email.key())
            .setParameter("name", name)
            .setParameter("role", Role.USER.name())
            .setParameter("now", now)
            .executeUpdate()
        == 1;
  }

  private boolean founds(Account account) {
    return getEntityManager()
            .createNativeQuery(
                """
                insert into founding (only_one, account_id) values (true, :account)
                on conflict (only_one) do nothing
                """)
            .setParameter("account", account.id())
            .executeUpdate()
        == 1;
  }
}
