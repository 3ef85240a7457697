package dev.autopilot.auth.apitoken;

import dev.autopilot.kernel.problem.CommonError;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a token may be allowed: a name, or its {@code :read} half. */
public final class Scopes {
  private static final String READ = ":read";

  private Scopes() {}

  /** Refuses with 422 what doesn't exist, or what the person may not do themselves. */
  static Set<String> grantable(List<String> wanted, Set<String> allowed) {
    for (int i = 0; i < wanted.size(); i++) {
      if (!isWithin(wanted.get(i), allowed)) {
        throw CommonError.VALIDATION_FAILED.at(
            "/scopes/" + i,
            "One of "
                + allowed.stream().sorted().collect(Collectors.joining(", "))
                + ", or one of these with "
                + READ
                + ".");
      }
    }
    return Set.copyOf(wanted);
  }

  /** The scopes of a space-separated list. */
  public static Set<String> parse(String text) {
    return text.isBlank() ? Set.of() : Set.copyOf(List.of(text.strip().split("\\s+")));
  }

  /** What is left of scopes once granted for a person who may do no more than this now. */
  static Set<String> narrowed(Set<String> granted, Set<String> allowed) {
    return granted.stream()
        .filter(scope -> isWithin(scope, allowed))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether each of them, or the whole of which it is the {@code :read} half, is allowed. */
  public static boolean areWithin(Set<String> wanted, Set<String> allowed) {
    return wanted.stream().allMatch(scope -> allowed.contains(scope) || isWithin(scope, allowed));
  }

  private static boolean isWithin(String scope, Set<String> allowed) {
    return allowed.contains(
        scope.endsWith(READ) ? scope.substring(0, scope.length() - READ.length()) : scope);
  }
}
