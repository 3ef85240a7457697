package dev.autopilot.auth.password;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The passwords that guessers try first: words, names, dates and keyboard walks with the usual
 * endings. Compared without regard to case.
 */
@ApplicationScoped
class CommonPasswords {
  private static final String RESOURCE = "/common-passwords.txt";

  private final Set<String> passwords;

  CommonPasswords() {
    try (InputStream resource =
            Objects.requireNonNull(CommonPasswords.class.getResourceAsStream(RESOURCE));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
      passwords = lines.lines().collect(Collectors.toUnmodifiableSet());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  boolean contains(Password password) {
    return passwords.contains(password.text().toLowerCase(Locale.ROOT));
  }

  int size() {
    return passwords.size();
  }
}
