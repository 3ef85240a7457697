package dev.autopilot.auth.recovery;

import dev.autopilot.auth.account.Account;
import dev.autopilot.auth.account.Accounts;
import dev.autopilot.auth.account.EmailAddress;
import dev.autopilot.auth.apitoken.RevokeApiToken;
import dev.autopilot.auth.attempt.Attempts;
import dev.autopilot.auth.factor.RemoveSecondFactor;
import dev.autopilot.auth.mail.Letter;
import dev.autopilot.auth.mail.Letters;
import dev.autopilot.auth.mail.Notices;
import dev.autopilot.auth.password.Password;
import dev.autopilot.auth.password.PasswordPolicy;
import dev.autopilot.auth.password.Passwords;
import dev.autopilot.auth.secret.OpaqueToken;
import dev.autopilot.auth.session.RevocationReason;
import dev.autopilot.auth.session.RevokeSessions;
import dev.autopilot.kernel.start.Settings;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** A forgotten password: whoever can read the account's mail may set another. */
@ApplicationScoped
class ResetPassword {
  private static final Logger LOG = Logger.getLogger(ResetPassword.class);

  private final Accounts accounts;
  private final Attempts attempts;
  private final MailedTokens tokens;
  private final Letters letters;
  private final PasswordPolicy policy;
  private final Passwords passwords;
  private final RemoveSecondFactor secondFactor;
  private final RevokeSessions revoke;
  private final RevokeApiToken personalTokens;
  private final Notices notices;
  private final RecoverySettings recovery;
  private final Settings suite;
  private final Clock clock;

  ResetPassword(
      Accounts accounts,
      Attempts attempts,
      MailedTokens tokens,
      Letters letters,
      PasswordPolicy policy,
      Passwords passwords,
      RemoveSecondFactor secondFactor,
      RevokeSessions revoke,
      RevokeApiToken personalTokens,
      Notices notices,
      RecoverySettings recovery,
      Settings suite,
      Clock clock) {
    this.accounts = accounts;
    this.attempts = attempts;
    this.tokens = tokens;
    this.letters = letters;
    this.policy = policy;
    this.passwords = passwords;
    this.secondFactor = secondFactor;
    this.revoke = revoke;
    this.personalTokens = personalTokens;
    this.notices = notices;
    this.recovery = recovery;
    this.suite = suite;
    this.clock = clock;
  }

  /**
   * Sends a link, if there is such an account. Whether there is doesn't show: neither in the answer
   * nor in the time it takes, since looking and writing are done once the caller has been answered.
   */
  void ask(EmailAddress email, String address) {
    attempts.request(new Attempts.Guess(email, address));
    Thread.ofVirtual()
        .name("forgot")
        .start(() -> {
          try {
            QuarkusTransaction.requiringNew()
                .run(() -> accounts.withEmail(email).ifPresent(this::send));
          } catch (RuntimeException failure) {
            LOG.error("A link to reset a password could not be sent", failure);
          }
        });
  }

  private void send(Account account) {
    OpaqueToken token =
        tokens.issue(account.id(), MailedTokens.Purpose.RESET_PASSWORD, recovery.resetLifetime());
    letters.leave(
        account.id(),
        new Letter(
            account.email().text(),
            account.name(),
            "Set another password",
            List.of(
                "somebody, you we hope, asked for another password for your account.",
                "The link is good once, for %d minutes. If it wasn't you, do nothing."
                    .formatted(recovery.resetLifetime().toMinutes())),
            suite.publicUrl() + "/app/reset-password#token=" + token.value(),
            "Set another password"));
  }

  /**
   * Sets the password, signs every device out, ends personal tokens, and forgets failed attempts;
   * the second factor is asked for at the next sign-in as ever. Reading the letter proved the
   * address as well.
   */
  void reset(OpaqueToken token, Password password, String address) {
    attempts.refuseLocked(address);
    UUID id =
        tokens
            .ownerOf(token, MailedTokens.Purpose.RESET_PASSWORD)
            .orElseThrow(() -> {
              attempts.failed(address);
              return RecoveryError.INVALID_TOKEN.problem();
            });
    Account account = accounts.present(id);
    policy.require(password, account.email(), account.name(), "/password");
    String hash = passwords.hash(password);
    QuarkusTransaction.requiringNew().run(() -> set(token, account.email(), id, hash));
  }

  /** Locks in everybody's order, attempts before password before account: see Attempts. */
  private void set(OpaqueToken token, EmailAddress email, UUID id, String hash) {
    attempts.forget(email);
    passwords.set(id, hash);
    Account account = accounts.presentForUpdate(id);
    if (!tokens.use(token, MailedTokens.Purpose.RESET_PASSWORD).equals(Optional.of(id))) {
      throw RecoveryError.INVALID_TOKEN.problem(); // and nothing of this has happened
    }
    if (!account.emailVerified() || accounts.isToBeAdministrator(account)) {
      // Whoever registered the address may not be who reads its mail: nothing of theirs stays. Of
      // the administrator to be, a link that was followed hasn't shown it either.
      secondFactor.of(account);
    }
    accounts.proved(account, clock.instant());
    revoke.all(id, RevocationReason.PASSWORD_RESET);
    personalTokens.all(id);
    notices.leave(account, ChangePassword.notice(account));
  }
}
