package dev.autopilot.auth.profile;

import dev.autopilot.auth.account.Account;
import dev.autopilot.auth.account.Accounts;
import dev.autopilot.auth.attempt.Attempts;
import dev.autopilot.auth.password.Password;
import dev.autopilot.auth.password.PasswordError;
import dev.autopilot.auth.password.Passwords;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Asks somebody who is signed in for the password once more before something grave. */
@ApplicationScoped
class ProvePassword {
  private final Accounts accounts;
  private final Attempts attempts;
  private final Passwords passwords;

  ProvePassword(Accounts accounts, Attempts attempts, Passwords passwords) {
    this.accounts = accounts;
    this.attempts = attempts;
    this.passwords = passwords;
  }

  /** Acts on the account, in one transaction with the decision that the password is right. */
  void then(UUID id, String typed, String address, Consumer<Account> act) {
    Attempts.Guess guess = new Attempts.Guess(accounts.present(id).email(), address);
    attempts.refuseLocked(guess);
    Optional<Passwords.Proof> proof = passwords.check(id, new Password(typed));
    if (proof.isEmpty()) {
      attempts.failed(guess);
      throw PasswordError.INVALID_PASSWORD.problem();
    }
    QuarkusTransaction.requiringNew()
        .run(() -> {
          attempts.succeeded(guess);
          if (!passwords.stillStands(proof.get())) {
            throw PasswordError.INVALID_PASSWORD.problem();
          }
          act.accept(accounts.presentForUpdate(id));
        });
  }
}
