package dev.autopilot.auth.session;

import java.util.List;

/**
 * How somebody signed in.
 *
 * @param name as events and session lists tell it
 * @param amr the proofs given, as RFC 8176 names them
 */
public record SignInMethod(String name, List<String> amr) {
  public static final SignInMethod PASSWORD = new SignInMethod("password", List.of("pwd"));
  public static final SignInMethod PASSWORD_AND_APP =
      new SignInMethod("password+totp", List.of("pwd", "otp", "mfa"));
  public static final SignInMethod PASSWORD_AND_BACKUP_CODE =
      new SignInMethod("password+backup_code", List.of("pwd", "otp", "mfa"));
}
