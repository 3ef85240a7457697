package dev.autopilot.auth.factor;

import dev.autopilot.auth.account.Account;
import dev.autopilot.auth.account.Accounts;
import dev.autopilot.auth.attempt.Attempts;
import dev.autopilot.auth.proof.ProvePassword;
import dev.autopilot.events.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Turns the second factor on and off, and makes new backup codes. Each asks for a fresh proof. */
@ApplicationScoped
class ChangeTwoFactor {
  private final Accounts accounts;
  private final TotpSecrets secrets;
  private final BackupCodes backupCodes;
  private final SecondFactor factor;
  private final ProvePassword password;
  private final Attempts attempts;
  private final Outbox outbox;
  private final Clock clock;

  ChangeTwoFactor(
      Accounts accounts,
      TotpSecrets secrets,
      BackupCodes backupCodes,
      SecondFactor factor,
      ProvePassword password,
      Attempts attempts,
      Outbox outbox,
      Clock clock) {
    this.accounts = accounts;
    this.secrets = secrets;
    this.backupCodes = backupCodes;
    this.factor = factor;
    this.password = password;
    this.attempts = attempts;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** On, with the first code of the app as proof that it has the secret. */
  List<String> enable(UUID id, String code, String address) {
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
          return Optional.of(fresh.codes());
        });
  }

  /** Off, with the password and a code; a backup code will do, for whoever lost the phone. */
  void disable(UUID id, String typedPassword, String code, String address) {
    requireEnabled(id);
    SecondFactor.Presented presented = factor.read(id, code);
    if (!password.then(id, typedPassword, address, account -> disable(account, presented))) {
      throw FactorError.INVALID_PROOF.problem();
    }
  }

  private boolean disable(Account account, SecondFactor.Presented presented) {
    if (!account.twoFactorEnabled()) {
      throw FactorError.TWO_FACTOR_NOT_ENABLED.problem();
    }
    if (!factor.accept(account.id(), presented)) {
      return false;
    }
    secrets.delete(account.id());
    backupCodes.delete(account.id());
    outbox.append(account.disableSecondFactor());
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
          if (!accounts.presentForUpdate(id).twoFactorEnabled() || !factor.accept(id, presented)) {
            return Optional.empty();
          }
          backupCodes.replace(id, fresh);
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
