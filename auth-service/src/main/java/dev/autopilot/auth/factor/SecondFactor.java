package dev.autopilot.auth.factor;

import dev.autopilot.auth.session.SignInMethod;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Checks what somebody typed as their second factor: a code of the app, or a backup code. */
@ApplicationScoped
public class SecondFactor {
  private static final Pattern OF_AN_APP = Pattern.compile("[0-9]{6}");

  private final TotpSecrets secrets;
  private final BackupCodes backupCodes;

  SecondFactor(TotpSecrets secrets, BackupCodes backupCodes) {
    this.secrets = secrets;
    this.backupCodes = backupCodes;
  }

  /** What was typed, ready to be checked in a transaction. */
  public sealed interface Presented {
    /** Of an authenticator app. */
    record AppCode(String code) implements Presented {}

    /** The hash of a code on paper. */
    record BackupCode(String hash) implements Presented {}

    /** Neither. */
    record Nothing() implements Presented {}

    /** How somebody came in who proved the first factor in that way, and this one. */
    default SignInMethod after(SignInMethod first) {
      return switch (this) {
        case AppCode app -> first.and("totp");
        case BackupCode backup -> first.and("backup_code");
        case Nothing nothing -> throw new IllegalStateException("Nothing was proved");
      };
    }
  }

  /** Reads a code; outside of any transaction, since a backup code has to be hashed. */
  public Presented read(UUID account, String typed) {
    String code = typed.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
    if (OF_AN_APP.matcher(code).matches()) {
      return new Presented.AppCode(code);
    }
    Optional<String> hash = backupCodes.hashOf(account, code);
    return hash.isPresent() ? new Presented.BackupCode(hash.get()) : new Presented.Nothing();
  }

  /** Whether it would be accepted now. Only whoever uses it up may act on it. */
  public boolean matches(UUID account, Presented presented) {
    return switch (presented) {
      case Presented.AppCode app -> secrets.matches(account, app.code());
      case Presented.BackupCode backup -> backupCodes.exists(account, backup.hash());
      case Presented.Nothing nothing -> false;
    };
  }

  /** Uses it up, in the transaction of what it is presented for; false if it is wrong. */
  @Transactional(Transactional.TxType.MANDATORY)
  public boolean accept(UUID account, Presented presented) {
    return switch (presented) {
      case Presented.AppCode app -> secrets.use(account, app.code());
      case Presented.BackupCode backup -> backupCodes.use(account, backup.hash());
      case Presented.Nothing nothing -> false;
    };
  }
}
