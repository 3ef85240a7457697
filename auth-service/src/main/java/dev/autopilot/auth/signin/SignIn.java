package dev.autopilot.auth.signin;

import dev.autopilot.auth.account.Account;
import dev.autopilot.auth.account.Accounts;
import dev.autopilot.auth.account.EmailAddress;
import dev.autopilot.auth.attempt.Attempts;
import dev.autopilot.auth.password.Password;
import dev.autopilot.auth.password.PasswordError;
import dev.autopilot.auth.password.Passwords;
import dev.autopilot.auth.session.BeginSession;
import dev.autopilot.auth.session.Device;
import dev.autopilot.auth.session.SignInMethod;
import dev.autopilot.auth.session.Tokens;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Lets somebody in who proves who they are. Whoever can't is told the same in the same time,
 * whether or not there is such an account.
 */
@ApplicationScoped
class SignIn {
  private final Accounts accounts;
  private final Passwords passwords;
  private final Attempts attempts;
  private final BeginSession sessions;

  SignIn(Accounts accounts, Passwords passwords, Attempts attempts, BeginSession sessions) {
    this.accounts = accounts;
    this.passwords = passwords;
    this.attempts = attempts;
    this.sessions = sessions;
  }

  Tokens signIn(SignInRequest request, Device device) {
    Attempts.Guess guess = new Attempts.Guess(new EmailAddress(request.email()), device.address());
    attempts.refuseLocked(guess);
    Optional<Account> account = accounts.withEmail(guess.account());
    Optional<Passwords.Proof> proof =
        passwords.check(account.map(Account::id).orElse(null), new Password(request.password()));
    if (proof.isEmpty()) {
      attempts.failed(guess);
      throw PasswordError.INVALID_CREDENTIALS.problem();
    }
    return QuarkusTransaction.requiringNew().call(() -> admit(proof.get(), guess, device));
  }

  private Tokens admit(Passwords.Proof proof, Attempts.Guess guess, Device device) {
    attempts.succeeded(guess);
    if (!passwords.stillStands(proof)) {
      throw PasswordError.INVALID_CREDENTIALS.problem();
    }
    return sessions.begin(accounts.present(proof.accountId()), SignInMethod.PASSWORD, device);
  }
}
