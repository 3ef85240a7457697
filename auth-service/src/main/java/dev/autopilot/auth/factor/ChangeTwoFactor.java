package dev.autopilot.auth.factor;

import dev.autopilot.auth.account.Account;
import dev.autopilot.auth.account.Accounts;
import dev.autopilot.auth.attempt.Attempts;
import dev.autopilot.auth.mail.Notices;
import dev.autopilot.auth.proof.ProvePassword;
import dev.autopilot.auth.session.CurrentSession;
import dev.autopilot.auth.session.RevocationReason;
import dev.autopilot.auth.session.RevokeSessions;
import dev.autopilot.events.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns the second factor on and off, and makes new backup codes. Each asks for a fresh proof. */
@ApplicationScoped
class ChangeTwoFactor {
  private final Accounts accounts;
  private final TotpSecrets secrets;
  private final BackupCodes backupCodes;
  private final SecondFactor factor;
  private final ProvePassword password;
  private final Attempts attempts;
  private final RemoveSecondFactor remove;
  private final RevokeSessions revoke;
  private final Notices notices;
  private final Outbox outbox;
  private final Clock clock;

  ChangeTwoFactor(
      Accounts accounts,
      TotpSecrets secrets,
      BackupCodes backupCodes,
      SecondFactor factor,
      ProvePassword password,
      Attempts attempts,
      RemoveSecondFactor remove,
      RevokeSessions revoke,
      Notices notices,
      Outbox outbox,
      Clock clock) {
    this.accounts = accounts;
    this.secrets = secrets;
    this.backupCodes = backupCodes;
    this.factor = factor;
    this.password = password;
    this.attempts = attempts;
    this.remove = remove;
    this.revoke = revoke;
    this.notices = notices;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * On, with the first code of the app as proof that it has the secret. Other devices, which came
   * in without it, are signed out.
   */
  List<String> enable(CurrentSession.SignedIn who, String code, String address) {
    UUID id = who.account();
    Account account = accounts.present(id);
    if (account.twoFactorEnabled()) {
      throw FactorError.TWO_FACTOR_ENABLED.problem();
    }
    if (!secrets.exists(id)) {
      throw FactorError.TWO_FACTOR_NOT_SET_UP.problem();
    }
    Attempts.Guess guess = new Attempts.Guess(account.email(), address);
    String typed = code.replaceAll("\\s", "");
    BackupCodes.Fresh fresh = freshCodesIf(guess, () -> secrets.matches(id, typed));
    return decide(
        guess,
        () -> {
          Account locked = accounts.presentForUpdate(id);
          if (locked.twoFactorEnabled()) {
            throw FactorError.TWO_FACTOR_ENABLED.problem();
          }
          if (!secrets.use(id, typed)) {
            return Optional.empty();
          }
          backupCodes.replace(id, fresh);
          outbox.append(locked.enableSecondFactor(clock.instant()));
          revoke.allBut(id, who.session(), RevocationReason.TWO_FACTOR_CHANGED);
          notices.leave(locked, TwoFactorNotice.ENABLED.to(locked));
          return Optional.of(fresh.codes());
        });
  }

  /** Off, with the password and a code; a backup code will do, for whoever lost the phone. */
  void disable(
      CurrentSession.SignedIn who, @Nullable String typedPassword, String code, String address) {
    requireEnabled(who.account());
    SecondFactor.Presented presented = factor.read(who.account(), code);
    if (!password.then(
        who, typedPassword, address, account -> disable(account, who.session(), presented))) {
      throw FactorError.INVALID_PROOF.problem();
    }
  }

  private boolean disable(Account account, UUID session, SecondFactor.Presented presented) {
    if (!account.twoFactorEnabled()) {
      throw FactorError.TWO_FACTOR_NOT_ENABLED.problem();
    }
    if (!factor.accept(account.id(), presented)) {
      return false;
    }
    remove.of(account);
    revoke.allBut(account.id(), session, RevocationReason.TWO_FACTOR_CHANGED);
    notices.leave(account, TwoFactorNotice.DISABLED.to(account));
    return true;
  }

  /** New backup codes; the old ones are worth nothing from then on. */
  List<String> renewBackupCodes(UUID id, String code, String address) {
    Attempts.Guess guess = new Attempts.Guess(requireEnabled(id).email(), address);
    SecondFactor.Presented presented = factor.read(id, code);
    BackupCodes.Fresh fresh = freshCodesIf(guess, () -> factor.matches(id, presented));
    return decide(
        guess,
        () -> {
          Account locked = accounts.presentForUpdate(id);
          if (!locked.twoFactorEnabled() || !factor.accept(id, presented)) {
            return Optional.empty();
          }
          backupCodes.replace(id, fresh);
          notices.leave(locked, TwoFactorNotice.BACKUP_CODES_RENEWED.to(locked));
          return Optional.of(fresh.codes());
        });
  }

  /** Ten codes are ten hashes: only for somebody whose code is right so far. */
  private BackupCodes.Fresh freshCodesIf(Attempts.Guess guess, BooleanSupplier codeIsRight) {
    attempts.refuseLocked(guess);
    if (!codeIsRight.getAsBoolean()) {
      attempts.failed(guess);
      throw FactorError.INVALID_PROOF.problem();
    }
    return backupCodes.generate();
  }

  private List<String> decide(Attempts.Guess guess, Supplier<Optional<List<String>>> act) {
    return attempts.decide(guess, act).orElseThrow(FactorError.INVALID_PROOF::problem);
  }

  private Account requireEnabled(UUID id) {
    Account account = accounts.present(id);
    if (!account.twoFactorEnabled()) {
      throw FactorError.TWO_FACTOR_NOT_ENABLED.problem();
    }
    return account;
  }
}
