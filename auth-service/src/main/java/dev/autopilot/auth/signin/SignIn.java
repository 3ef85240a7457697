package dev.autopilot.auth.signin;

import dev.autopilot.auth.account.Account;
import dev.autopilot.auth.account.Accounts;
import dev.autopilot.auth.account.EmailAddress;
import dev.autopilot.auth.attempt.Attempts;
import dev.autopilot.auth.attempt.SignInFailed;
import dev.autopilot.auth.attempt.SignInFailed.Reason;
import dev.autopilot.auth.device.Device;
import dev.autopilot.auth.factor.FactorError;
import dev.autopilot.auth.factor.SecondFactor;
import dev.autopilot.auth.password.Password;
import dev.autopilot.auth.password.PasswordError;
import dev.autopilot.auth.password.Passwords;
import dev.autopilot.auth.recovery.RecoveryError;
import dev.autopilot.auth.recovery.VerifyEmail;
import dev.autopilot.auth.session.BeginSession;
import dev.autopilot.auth.session.SignInMethod;
import dev.autopilot.auth.session.Tokens;
import dev.autopilot.events.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Lets somebody in who proves who they are. Whoever can't is told the same in the same time,
 * whether or not there is such an account.
 */
@ApplicationScoped
class SignIn {
  private final Accounts accounts;
  private final Passwords passwords;
  private final SecondFactor factor;
  private final Attempts attempts;
  private final BeginSession sessions;
  private final VerifyEmail verify;
  private final Outbox outbox;

  SignIn(
      Accounts accounts,
      Passwords passwords,
      SecondFactor factor,
      Attempts attempts,
      BeginSession sessions,
      VerifyEmail verify,
      Outbox outbox) {
    this.accounts = accounts;
    this.passwords = passwords;
    this.factor = factor;
    this.attempts = attempts;
    this.sessions = sessions;
    this.verify = verify;
    this.outbox = outbox;
  }

  Tokens signIn(SignInRequest request, Device device) {
    Attempts.Guess guess = new Attempts.Guess(new EmailAddress(request.email()), device.address());
    attempts.refuseLocked(guess);
    Passwords.Proof proof =
        passwords
            .check(guess.account(), new Password(request.password()))
            .orElseThrow(() -> {
              attempts.decide(
                  guess,
                  () -> {
                    tellOfFailure(
                        accounts.withEmail(guess.account()).map(Account::id).orElse(null),
                        Reason.INVALID_CREDENTIALS);
                    return Optional.empty();
                  });
              return PasswordError.INVALID_CREDENTIALS.problem();
            });
    SecondFactor.Presented code =
        request.code() == null ? null : factor.read(proof.accountId(), request.code());
    return attempts
        .decide(guess, () -> admit(proof, code, device))
        .orElseThrow(() ->
            (code == null ? PasswordError.INVALID_CREDENTIALS : FactorError.INVALID_CODE)
                .problem());
  }

  private Optional<Tokens> admit(
      Passwords.Proof proof, SecondFactor.@Nullable Presented code, Device device) {
    if (!passwords.stillStands(proof)) {
      tellOfFailure(proof.accountId(), Reason.INVALID_CREDENTIALS);
      return Optional.empty();
    }
    Account account = accounts.present(proof.accountId());
    if (verify.stillNeededBy(account)) {
      throw RecoveryError.EMAIL_NOT_VERIFIED.problem();
    }
    if (!account.twoFactorEnabled()) {
      return Optional.of(sessions.begin(account, SignInMethod.PASSWORD, device));
    }
    if (code == null) {
      throw FactorError.TWO_FACTOR_REQUIRED.problem();
    }
    if (!factor.accept(account.id(), code)) {
      tellOfFailure(account.id(), Reason.INVALID_CODE);
      return Optional.empty();
    }
    return Optional.of(sessions.begin(account, code.after(SignInMethod.PASSWORD), device));
  }

  private void tellOfFailure(@Nullable UUID account, Reason reason) {
    outbox.append(SignInFailed.at(account, SignInMethod.PASSWORD.name(), reason));
  }
}
