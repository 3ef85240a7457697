package dev.autopilot.kernel.web;

import dev.autopilot.kernel.problem.CommonError;
import org.jspecify.annotations.Nullable;

/** An entity's version as a strong entity tag (RFC 9110, section 8.8.3), and back. */
public final class Etags {
  private Etags() {}

  public static String of(long version) {
    return "\"" + version + "\"";
  }

  /**
   * Refuses with 412 when {@code If-Match} names another version; without the header, or with
   * {@code *}, everything matches.
   */
  public static void requireMatch(@Nullable String ifMatch, long version) {
    if (ifMatch == null || ifMatch.isBlank() || ifMatch.strip().equals("*")) {
      return;
    }
    for (String tag : ifMatch.split(",")) {
      if (tag.strip().equals(of(version))) {
        return;
      }
    }
    throw CommonError.PRECONDITION_FAILED
        .problem("The resource is at version " + version + "; read it again.")
        .header("ETag", of(version));
  }
}
