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
    if (!matches(ifMatch, of(version))) {
      throw CommonError.PRECONDITION_FAILED
          .problem("The resource is at version " + version + "; read it again.")
          .header("ETag", of(version));
    }
  }

  /** The same for a resource whose tag is not a version. */
  public static void requireMatch(@Nullable String ifMatch, String tag) {
    if (!matches(ifMatch, tag)) {
      throw CommonError.PRECONDITION_FAILED.problem().header("ETag", tag);
    }
  }

  private static boolean matches(@Nullable String ifMatch, String current) {
    if (ifMatch == null || ifMatch.isBlank() || ifMatch.strip().equals("*")) {
      return true;
    }
    for (String tag : ifMatch.split(",")) {
      if (tag.strip().equals(current)) {
        return true;
      }
    }
    return false;
  }
}
