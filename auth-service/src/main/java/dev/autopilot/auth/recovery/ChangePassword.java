package dev.autopilot.auth.recovery;

import dev.autopilot.auth.account.Account;
import dev.autopilot.auth.account.Accounts;
import dev.autopilot.auth.mail.Letter;
import dev.autopilot.auth.mail.Notices;
import dev.autopilot.auth.password.Password;
import dev.autopilot.auth.password.PasswordError;
import dev.autopilot.auth.password.PasswordPolicy;
import dev.autopilot.auth.password.Passwords;
import dev.autopilot.auth.proof.ProvePassword;
import dev.autopilot.auth.session.CurrentSession;
import dev.autopilot.auth.session.RevocationReason;
import dev.autopilot.auth.session.RevokeSessions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Another password, for whoever knows the present one. Every other device is signed out. */
@ApplicationScoped
class ChangePassword {
  private final Accounts accounts;
  private final PasswordPolicy policy;
  private final Passwords passwords;
  private final ProvePassword prove;
  private final RevokeSessions revoke;
  private final Notices notices;

  ChangePassword(
      Accounts accounts,
      PasswordPolicy policy,
      Passwords passwords,
      ProvePassword prove,
      RevokeSessions revoke,
      Notices notices) {
    this.accounts = accounts;
    this.policy = policy;
    this.passwords = passwords;
    this.prove = prove;
    this.revoke = revoke;
    this.notices = notices;
  }

  void change(CurrentSession.SignedIn who, String present, Password next, String address) {
    Account account = accounts.present(who.account());
    policy.require(next, account.email(), account.name(), "/newPassword");
    String hash = passwords.hash(next);
    if (!prove.then(who, present, address, proved -> set(proved, who, hash))) {
      throw PasswordError.INVALID_PASSWORD.problem();
    }
  }

  private boolean set(Account account, CurrentSession.SignedIn who, String hash) {
    passwords.set(account.id(), hash);
    revoke.allBut(account.id(), who.session(), RevocationReason.PASSWORD_CHANGED);
    notices.leave(account, notice(account));
    return true;
  }

  static Letter notice(Account account) {
    return new Letter(
        account.email().text(),
        account.name(),
        "Your password was changed",
        List.of(
            "the password of your account was changed, and your other devices were signed out.",
            "If it wasn't you, ask for a new password at once: \"Forgot password\" where you sign in."),
        null,
        null);
  }
}
