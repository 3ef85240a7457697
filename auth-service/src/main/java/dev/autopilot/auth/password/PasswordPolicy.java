package dev.autopilot.auth.password;

import dev.autopilot.auth.account.EmailAddress;
import dev.autopilot.kernel.problem.CommonError;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a new password must be (NIST SP 800-63B, ASVS 6.2): long enough and not the one that a
 * guesser tries first. No demands on the kinds of characters, and no expiry: both make people
 * choose worse.
 */
@ApplicationScoped
public class PasswordPolicy {
  private final CommonPasswords common;
  private final BreachedPasswords breached;

  PasswordPolicy(CommonPasswords common, BreachedPasswords breached) {
    this.common = common;
    this.breached = breached;
  }

  /**
   * Refuses with 422.
   *
   * @param pointer where in the request the password stands
   */
  public void require(Password password, EmailAddress email, String name, String pointer) {
    if (password.length() < Password.MIN_LENGTH || password.length() > Password.MAX_LENGTH) {
      throw CommonError.VALIDATION_FAILED.at(
          pointer, "%d to %d characters.".formatted(Password.MIN_LENGTH, Password.MAX_LENGTH));
    }
    if (common.contains(password)) {
      throw CommonError.VALIDATION_FAILED.at(
          pointer, "This is one of the passwords that are tried first; choose another.");
    }
    if (tellsOfItsOwner(password, email, name)) {
      throw CommonError.VALIDATION_FAILED.at(
          pointer, "The own name or address is no password; choose another.");
    }
    if (breached.contains(password)) {
      throw CommonError.VALIDATION_FAILED.at(
          pointer, "This password is known from a breach; choose another.");
    }
  }

  private static boolean tellsOfItsOwner(Password password, EmailAddress email, String name) {
    String bare = bare(password.text());
    Set<String> known =
        Stream.of(email.key(), email.localPart(), name, "autopilot")
            .map(PasswordPolicy::bare)
            .collect(Collectors.toSet());
    return known.contains(bare);
  }

  /** Only the letters, so that {@code Alice.Smith-99!} is still Alice Smith. */
  private static String bare(String text) {
    String letters = text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}]", "");
    return letters.isEmpty() ? text : letters;
  }
}
