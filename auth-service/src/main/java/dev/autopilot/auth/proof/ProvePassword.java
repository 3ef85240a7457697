package dev.autopilot.auth.proof;

import dev.autopilot.auth.account.Account;
import dev.autopilot.auth.account.Accounts;
import dev.autopilot.auth.attempt.Attempts;
import dev.autopilot.auth.password.Password;
import dev.autopilot.auth.password.PasswordError;
import dev.autopilot.auth.password.Passwords;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** Asks somebody who is signed in for the password once more. */
@ApplicationScoped
public class ProvePassword {
  private final Accounts accounts;
  private final Attempts attempts;
  private final Passwords passwords;

  ProvePassword(Accounts accounts, Attempts attempts, Passwords passwords) {
    this.accounts = accounts;
    this.attempts = attempts;
    this.passwords = passwords;
  }

  /**
   * Acts on the account in one transaction with the decision that the password is right; 403
   * otherwise.
   *
   * @param act false if something else that was to be proved is wrong: it must have changed nothing
   * @return what it gave
   */
  public boolean then(UUID id, String typed, String address, Predicate<Account> act) {
    Attempts.Guess guess = new Attempts.Guess(accounts.present(id).email(), address);
    attempts.refuseLocked(guess);
    Passwords.Proof proof =
        passwords
            .check(id, new Password(typed))
            .orElseThrow(() -> {
              attempts.failed(guess);
              return PasswordError.INVALID_PASSWORD.problem();
            });
    return attempts
        .decide(
            guess,
            () ->
                passwords.stillStands(proof) && act.test(accounts.presentForUpdate(id))
                    ? Optional.of(true)
                    : Optional.empty())
        .isPresent();
  }
}
