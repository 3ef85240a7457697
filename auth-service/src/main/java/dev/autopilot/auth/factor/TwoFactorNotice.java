package dev.autopilot.auth.factor;

import dev.autopilot.auth.account.Account;
import dev.autopilot.auth.mail.Letter;
import java.util.List;

/** What somebody is told by letter when their second factor changes. */
enum TwoFactorNotice {
  ENABLED(
      "Your second factor was turned on",
      "the second factor of your account was turned on, and your other devices were signed out."),
  DISABLED(
      "Your second factor was turned off",
      "the second factor of your account was turned off, and your other devices were signed out."),
  BACKUP_CODES_RENEWED(
      "You have new backup codes",
      "new backup codes were made for your account. The old ones are worth nothing from now on.");

  private final String subject;
  private final String news;

  TwoFactorNotice(String subject, String news) {
    this.subject = subject;
    this.news = news;
  }

  Letter to(Account account) {
    return new Letter(
        account.email().text(),
        account.name(),
        subject,
        List.of(news, "If it wasn't you, change your password at once."),
        null,
        null);
  }
}
