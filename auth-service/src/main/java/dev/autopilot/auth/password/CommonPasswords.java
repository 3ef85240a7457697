package dev.autopilot.auth.password;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/**
 * The passwords that guessers try first: those most often found in breaches, and words, names,
 * dates and keyboard walks with the usual endings. Compared without regard to case.
 *
 * <p>The list stays as it is in the file, one after the other and sorted by their bytes: as a set
 * of strings it would take several times the memory, for a question that is asked once in a while.
 */
@ApplicationScoped
class CommonPasswords {
  private static final String RESOURCE = "/common-passwords.txt";

  private final byte[] lines;

  CommonPasswords() {
    try (InputStream resource =
        Objects.requireNonNull(CommonPasswords.class.getResourceAsStream(RESOURCE))) {
      lines = resource.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  boolean contains(Password password) {
    byte[] wanted = password.text().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
    int low = 0;
    int high = lines.length;
    while (low < high) { // both are where a line begins
      int begin = beginOfLine(low + (high - low) / 2);
      int end = endOfLine(begin);
      int order = Arrays.compareUnsigned(lines, begin, end, wanted, 0, wanted.length);
      if (order == 0) {
        return true;
      }
      if (order < 0) {
        low = end + 1;
      } else {
        high = begin;
      }
    }
    return false;
  }

  private int beginOfLine(int at) {
    int begin = at;
    while (begin > 0 && lines[begin - 1] != '\n') {
      begin--;
    }
    return begin;
  }

  private int endOfLine(int begin) {
    int end = begin;
    while (lines[end] != '\n') {
      end++;
    }
    return end;
  }
}
