package dev.autopilot.auth.profile;

import dev.autopilot.auth.account.Account;
import dev.autopilot.auth.account.Accounts;
import dev.autopilot.auth.session.Revocations;
import dev.autopilot.events.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/**
 * Erases a person. What is kept here goes with the account's row at once, by foreign key; everybody
 * else hears of it and does the same; and no token of theirs is good any more.
 */
@ApplicationScoped
class DeleteAccount {
  private final Accounts accounts;
  private final Revocations revocations;
  private final Outbox outbox;

  DeleteAccount(Accounts accounts, Revocations revocations, Outbox outbox) {
    this.accounts = accounts;
    this.revocations = revocations;
    this.outbox = outbox;
  }

  @Transactional(Transactional.TxType.MANDATORY)
  public boolean delete(Account account) {
    outbox.append(account.erased());
    revocations.ofErased(account.id());
    accounts.delete(account);
    return true;
  }
}
