package dev.autopilot.auth.proof;

import dev.autopilot.auth.account.Account;
import dev.autopilot.auth.account.Accounts;
import dev.autopilot.auth.attempt.Attempts;
import dev.autopilot.auth.password.Password;
import dev.autopilot.auth.password.PasswordError;
import dev.autopilot.auth.password.Passwords;
import dev.autopilot.auth.session.CurrentSession;
import dev.autopilot.kernel.problem.CommonError;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Asks somebody who is signed in for the password once more. Who has none, since they sign in at
 * another provider, proves it by having done so within the last minutes.
 */
@ApplicationScoped
public class ProvePassword {
  private final Accounts accounts;
  private final Attempts attempts;
  private final Passwords passwords;
  private final CurrentSession sessions;

  ProvePassword(
      Accounts accounts, Attempts attempts, Passwords passwords, CurrentSession sessions) {
    this.accounts = accounts;
    this.attempts = attempts;
    this.passwords = passwords;
    this.sessions = sessions;
  }

  /**
   * Acts on the account in one transaction with the decision that the proof is right; 403
   * otherwise.
   *
   * @param typed the password; may be absent where the account has none
   * @param act false if something else that was to be proved is wrong: it must have changed nothing
   * @return what it gave
   */
  public boolean then(
      CurrentSession.SignedIn who, @Nullable String typed, String address, Predicate<Account> act) {
    UUID id = who.account();
    Attempts.Guess guess = new Attempts.Guess(accounts.present(id).email(), address);
    attempts.refuseLocked(guess);
    BooleanSupplier stillProved = proof(who, typed, guess);
    return attempts
        .decide(
            guess,
            () ->
                stillProved.getAsBoolean() && act.test(accounts.presentForUpdate(id))
                    ? Optional.of(true)
                    : Optional.empty())
        .isPresent();
  }

  /** What is to hold when the transaction acts, after it has been found to hold now. */
  private BooleanSupplier proof(
      CurrentSession.SignedIn who, @Nullable String typed, Attempts.Guess guess) {
    if (!passwords.has(who.account())) {
      if (!sessions.isFresh(who)) {
        throw ProofError.FRESH_SIGN_IN_REQUIRED.problem();
      }
      return () -> !passwords.has(who.account());
    }
    if (typed == null) {
      throw CommonError.VALIDATION_FAILED.at("/password", "The password is needed.");
    }
    Passwords.Proof proof =
        passwords
            .check(who.account(), new Password(typed))
            .orElseThrow(() -> {
              attempts.failed(guess);
              return PasswordError.INVALID_PASSWORD.problem();
            });
    return () -> passwords.stillStands(proof);
  }
}
