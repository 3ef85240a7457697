package dev.autopilot.auth.mail;

import dev.autopilot.auth.account.Account;
import dev.autopilot.auth.attempt.Attempts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/**
 * Letters that nobody asked for: they tell people what has happened to their account. Whoever makes
 * an account with somebody else's address mustn't have us write there whatever and however often
 * they like, so they go to verified addresses alone, and not without end.
 */
@ApplicationScoped
public class Notices {
  private final Letters letters;
  private final Attempts attempts;

  Notices(Letters letters, Attempts attempts) {
    this.letters = letters;
    this.attempts = attempts;
  }

  /** In the transaction of what it tells of. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void leave(Account account, Letter notice) {
    if (account.emailVerified() && attempts.notice(account.email(), notice.subject())) {
      letters.leave(account.id(), notice);
    }
  }
}
