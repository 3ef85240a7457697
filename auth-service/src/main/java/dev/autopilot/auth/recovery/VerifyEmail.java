package dev.autopilot.auth.recovery;

import dev.autopilot.auth.account.Account;
import dev.autopilot.auth.account.Accounts;
import dev.autopilot.auth.attempt.Attempts;
import dev.autopilot.auth.mail.Letter;
import dev.autopilot.auth.mail.Letters;
import dev.autopilot.auth.secret.OpaqueToken;
import dev.autopilot.auth.session.CurrentSession;
import dev.autopilot.kernel.start.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Finds out whether a mailbox is the person's. */
@ApplicationScoped
public class VerifyEmail {
  private final Accounts accounts;
  private final MailedTokens tokens;
  private final Letters letters;
  private final Attempts attempts;
  private final RecoverySettings recovery;
  private final Settings suite;
  private final Clock clock;

  VerifyEmail(
      Accounts accounts,
      MailedTokens tokens,
      Letters letters,
      Attempts attempts,
      RecoverySettings recovery,
      Settings suite,
      Clock clock) {
    this.accounts = accounts;
    this.tokens = tokens;
    this.letters = letters;
    this.attempts = attempts;
    this.recovery = recovery;
    this.suite = suite;
    this.clock = clock;
  }

  /** Whether the account may not be used before its address was verified. */
  public boolean stillNeededBy(Account account) {
    return recovery.verificationRequired() && !account.emailVerified();
  }

  /** Sends a letter with a link, in the transaction that found out that it is needed. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void ask(Account account) {
    OpaqueToken token =
        tokens.issue(
            account.id(), MailedTokens.Purpose.VERIFY_EMAIL, recovery.verificationLifetime());
    letters.leave(
        account.id(),
        new Letter(
            account.email().text(),
            account.name(),
            "Verify your address",
            List.of(
                "somebody, you we hope, made an account with this address.",
                "If it wasn't you, do nothing: without this link nobody can prove that it is theirs."),
            suite.publicUrl() + "/app/verify-email#token=" + token.value(),
            "Verify the address"));
  }

  /**
   * The same for somebody who is signed in and lost the letter. The administrator to be may need it
   * still, though the address is verified: their link does more when it is opened by them.
   */
  @Transactional
  public void askAgain(UUID id, String address) {
    Account account = accounts.presentForUpdate(id);
    if (!account.emailVerified() || accounts.isToBeAdministrator(account)) {
      attempts.request(new Attempts.Guess(account.email(), address));
      ask(account);
    }
  }

  /**
   * Whoever has the link reads the mail. Whether they have the account as well is known only of
   * somebody who is signed in to it: a stranger may have registered the address, and its owner
   * followed the link all the same. That is no way to an administrator, whose link stays good until
   * it is opened by somebody who is signed in.
   */
  @Transactional
  public void verify(OpaqueToken token, Optional<CurrentSession.SignedIn> reader) {
    Account account =
        tokens
            .ownerOf(token, MailedTokens.Purpose.VERIFY_EMAIL)
            .map(accounts::presentForUpdate)
            .orElseThrow(RecoveryError.INVALID_TOKEN::problem);
    boolean isTheirs = reader.filter(who -> who.account().equals(account.id())).isPresent();
    if (!isTheirs && accounts.isToBeAdministrator(account)) {
      accounts.verified(account, clock.instant());
      return;
    }
    if (tokens.use(token, MailedTokens.Purpose.VERIFY_EMAIL).isEmpty()) {
      throw RecoveryError.INVALID_TOKEN.problem();
    }
    if (isTheirs) {
      accounts.proved(account, clock.instant());
    } else {
      accounts.verified(account, clock.instant());
    }
  }
}
