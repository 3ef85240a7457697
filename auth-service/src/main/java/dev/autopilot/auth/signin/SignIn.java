package dev.autopilot.auth.signin;

import dev.autopilot.auth.account.Account;
import dev.autopilot.auth.account.Accounts;
import dev.autopilot.auth.account.EmailAddress;
import dev.autopilot.auth.attempt.Attempts;
import dev.autopilot.auth.factor.FactorError;
import dev.autopilot.auth.factor.SecondFactor;
import dev.autopilot.auth.password.Password;
import dev.autopilot.auth.password.PasswordError;
import dev.autopilot.auth.password.Passwords;
import dev.autopilot.auth.recovery.RecoveryError;
import dev.autopilot.auth.recovery.VerifyEmail;
import dev.autopilot.auth.session.BeginSession;
import dev.autopilot.auth.session.Device;
import dev.autopilot.auth.session.SignInMethod;
import dev.autopilot.auth.session.Tokens;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
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

  SignIn(
      Accounts accounts,
      Passwords passwords,
      SecondFactor factor,
      Attempts attempts,
      BeginSession sessions,
      VerifyEmail verify) {
    this.accounts = accounts;
    this.passwords = passwords;
    this.factor = factor;
    this.attempts = attempts;
    this.sessions = sessions;
    this.verify = verify;
  }

  Tokens signIn(SignInRequest request, Device device) {
    Attempts.Guess guess = new Attempts.Guess(new EmailAddress(request.email()), device.address());
    attempts.refuseLocked(guess);
    Passwords.Proof proof =
        passwords
            .check(guess.account(), new Password(request.password()))
            .orElseThrow(() -> {
              attempts.failed(guess);
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
    return factor.accept(account.id(), code)
        ? Optional.of(sessions.begin(account, method(code), device))
        : Optional.empty();
  }

  private static SignInMethod method(SecondFactor.Presented code) {
    return switch (code) {
      case SecondFactor.Presented.AppCode app -> SignInMethod.PASSWORD_AND_APP;
      case SecondFactor.Presented.BackupCode backup -> SignInMethod.PASSWORD_AND_BACKUP_CODE;
      case SecondFactor.Presented.Nothing nothing -> throw new IllegalStateException();
    };
  }
}
