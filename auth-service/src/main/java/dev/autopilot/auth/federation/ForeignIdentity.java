package dev.autopilot.auth.federation;

import dev.autopilot.auth.account.EmailAddress;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Somebody as a provider knows them.
 *
 * @param issuer who says so; with {@code subject} it names them for ever
 * @param emailVerified whether the provider vouches that the address is theirs
 */
record ForeignIdentity(
    String issuer,
    String subject,
    @Nullable String email,
    boolean emailVerified,
    @Nullable String name) {
  private static final int MAX_EMAIL = 254;
  private static final int MAX_NAME = 100;
  private static final Pattern ADDRESS = Pattern.compile("[^@\\s\\p{Cntrl}]+@[^@\\s\\p{Cntrl}]+");

  /** The only address by which somebody may be taken for an account's owner. */
  Optional<EmailAddress> verifiedEmail() {
    return Optional.ofNullable(email)
        .filter(
            text -> emailVerified && text.length() <= MAX_EMAIL && ADDRESS.matcher(text).matches())
        .map(EmailAddress::new);
  }

  /** What a new account is called: no longer than people may choose, and never nothing. */
  String nameOr(EmailAddress email) {
    String clean = name == null ? "" : name.replaceAll("\\p{Cntrl}", " ").strip();
    if (clean.isEmpty()) {
      clean = email.localPart();
    }
    return clean.length() <= MAX_NAME
        ? clean
        : clean.substring(0, clean.offsetByCodePoints(0, MAX_NAME / 2)).strip();
  }

  @Override
  public String toString() {
    return "ForeignIdentity[" + issuer + "]";
  }
}
