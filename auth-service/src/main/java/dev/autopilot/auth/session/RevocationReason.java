package dev.autopilot.auth.session;

import java.util.Locale;

/** Why a session was ended. */
public enum RevocationReason {
  SIGNED_OUT,
  REVOKED,
  REFRESH_REUSED,
  PASSWORD_CHANGED,
  PASSWORD_RESET,
  TWO_FACTOR_CHANGED;

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
