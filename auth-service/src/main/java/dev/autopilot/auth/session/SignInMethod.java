package dev.autopilot.auth.session;

import java.util.List;
import java.util.stream.Stream;

/**
 * How somebody signed in.
 *
 * @param name as events and session lists tell it
 * @param amr the proofs given, as RFC 8176 names them
 */
public record SignInMethod(String name, List<String> amr) {
  public static final SignInMethod PASSWORD = new SignInMethod("password", List.of("pwd"));

  /** At another provider, which found out by means of its own. */
  public static SignInMethod at(String provider) {
    return new SignInMethod("oidc:" + provider, List.of("fed"));
  }

  /** The same with a code of an app or on paper besides. */
  public SignInMethod and(String secondFactor) {
    return new SignInMethod(
        name + "+" + secondFactor, Stream.concat(amr.stream(), Stream.of("otp", "mfa")).toList());
  }
}
