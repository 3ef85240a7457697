package dev.autopilot.auth.recovery;

import dev.autopilot.auth.mail.MailSettings;
import dev.autopilot.kernel.start.Settings;
import dev.autopilot.kernel.start.StartupCheck;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Who must verify an address and gets no letter can never come in. */
@ApplicationScoped
class MailNeeded implements StartupCheck {
  private final Settings suite;
  private final RecoverySettings recovery;
  private final MailSettings mail;

  MailNeeded(Settings suite, RecoverySettings recovery, MailSettings mail) {
    this.suite = suite;
    this.recovery = recovery;
    this.mail = mail;
  }

  @Override
  public @Nullable String refusal() {
    return suite.production() && recovery.verificationRequired() && mail.smtpUrl().isEmpty()
        ? "SMTP_URL must be set, since autopilot.auth.recovery.verification-required asks people to"
            + " verify their address."
        : null;
  }
}
