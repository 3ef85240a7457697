package dev.autopilot.auth.factor;

import dev.autopilot.auth.account.Account;
import dev.autopilot.events.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/** Takes a second factor away, with all that was kept for it, once it has been decided. */
@ApplicationScoped
public class RemoveSecondFactor {
  private final TotpSecrets secrets;
  private final BackupCodes backupCodes;
  private final Outbox outbox;

  RemoveSecondFactor(TotpSecrets secrets, BackupCodes backupCodes, Outbox outbox) {
    this.secrets = secrets;
    this.backupCodes = backupCodes;
    this.outbox = outbox;
  }

  /** Also one that was set up and never turned on. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void of(Account account) {
    secrets.delete(account.id());
    backupCodes.delete(account.id());
    if (account.twoFactorEnabled()) {
      outbox.append(account.disableSecondFactor());
    }
  }
}
