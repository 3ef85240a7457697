package dev.autopilot.auth.mail;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a letter says, before it has a form.
 *
 * @param action what following the link does; with {@code link}, or neither
 */
@RegisterForReflection
public record Letter(
    String to,
    String name,
    String subject,
    List<String> paragraphs,
    @Nullable String link,
    @Nullable String action) {

  /** Links in letters are secrets. */
  @Override
  public String toString() {
    return "Letter[" + subject + "]";
  }
}
