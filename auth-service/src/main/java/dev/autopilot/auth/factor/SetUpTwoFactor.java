package dev.autopilot.auth.factor;

import dev.autopilot.auth.account.Account;
import dev.autopilot.auth.account.Accounts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Gives somebody a secret for their app. It counts only once a code of it has been seen. */
@ApplicationScoped
class SetUpTwoFactor {
  private static final String ISSUER = "Autopilot";

  private final Accounts accounts;
  private final TotpSecrets secrets;

  SetUpTwoFactor(Accounts accounts, TotpSecrets secrets) {
    this.accounts = accounts;
    this.secrets = secrets;
  }

  @Transactional
  public TwoFactorResource.Setup setUp(UUID id) {
    Account account = accounts.presentForUpdate(id);
    if (account.twoFactorEnabled()) {
      throw FactorError.TWO_FACTOR_ENABLED.problem();
    }
    byte[] secret = Totp.newSecret();
    secrets.put(id, secret);
    String uri = uri(account.email().text(), Base32.encode(secret));
    return new TwoFactorResource.Setup(Base32.encode(secret), uri, QrCode.dataUri(uri));
  }

  /** The Key URI format that authenticator apps read. */
  private static String uri(String email, String secret) {
    return "otpauth://totp/%s:%s?secret=%s&issuer=%s&algorithm=SHA1&digits=%d&period=%d"
        .formatted(ISSUER, encoded(email), secret, ISSUER, Totp.DIGITS, Totp.STEP.toSeconds());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
