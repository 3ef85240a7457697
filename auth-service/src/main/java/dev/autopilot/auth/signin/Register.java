package dev.autopilot.auth.signin;

import dev.autopilot.auth.account.Account;
import dev.autopilot.auth.account.AccountError;
import dev.autopilot.auth.account.Accounts;
import dev.autopilot.auth.account.EmailAddress;
import dev.autopilot.auth.account.UserView;
import dev.autopilot.auth.device.Device;
import dev.autopilot.auth.password.Password;
import dev.autopilot.auth.password.PasswordPolicy;
import dev.autopilot.auth.password.Passwords;
import dev.autopilot.auth.recovery.VerifyEmail;
import dev.autopilot.auth.session.BeginSession;
import dev.autopilot.auth.session.SignInMethod;
import dev.autopilot.auth.session.Tokens;
import dev.autopilot.events.outbox.Outbox;
import dev.autopilot.kernel.Ids;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;

/** Makes an account and signs its owner in. */
@ApplicationScoped
class Register {
  private final Accounts accounts;
  private final PasswordPolicy policy;
  private final Passwords passwords;
  private final BeginSession sessions;
  private final VerifyEmail verify;
  private final Outbox outbox;
  private final Clock clock;

  Register(
      Accounts accounts,
      PasswordPolicy policy,
      Passwords passwords,
      BeginSession sessions,
      VerifyEmail verify,
      Outbox outbox,
      Clock clock) {
    this.accounts = accounts;
    this.policy = policy;
    this.passwords = passwords;
    this.sessions = sessions;
    this.verify = verify;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * What came of it.
   *
   * @param tokens nothing while the address has to be verified first
   */
  record Registered(UserView user, Optional<Tokens> tokens) {}

  Registered register(RegisterRequest request, Device device) {
    EmailAddress email = new EmailAddress(request.email());
    String name = request.name().strip();
    Password password = new Password(request.password());
    policy.require(password, email, name, "/password");
    if (accounts.isTaken(email)) {
      throw AccountError.EMAIL_TAKEN.problem();
    }
    String hash = passwords.hash(password);
    return QuarkusTransaction.requiringNew().call(() -> store(email, name, hash, device));
  }

  private Registered store(EmailAddress email, String name, String hash, Device device) {
    Account account = accounts.add(Ids.next(), email, name, clock.instant());
    passwords.set(account.id(), hash);
    outbox.append(account.registered());
    verify.ask(account);
    return new Registered(
        account.view(),
        verify.stillNeededBy(account)
            ? Optional.empty()
            : Optional.of(sessions.begin(account, SignInMethod.PASSWORD, device)));
  }
}
