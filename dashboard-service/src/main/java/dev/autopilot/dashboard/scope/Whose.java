package dev.autopilot.dashboard.scope;

import dev.autopilot.kernel.identity.Caller;
import dev.autopilot.kernel.problem.CommonError;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whose rows a request is about.
 *
 * @param user the caller; null for everybody's, which only an admin may ask for
 */
public record Whose(@Nullable UUID user) {

  /** From {@code ?scope=own|all}; without it, the caller's own. */
  public static Whose asked(@Nullable String scope, Caller caller) {
    return switch (scope) {
      case null -> new Whose(caller.userId());
      case "own" -> new Whose(caller.userId());
      case "all" -> {
        if (!caller.isAdmin()) {
          throw CommonError.FORBIDDEN.problem("Only an admin may ask for everybody's.");
        }
        yield new Whose(null);
      }
      default -> throw CommonError.VALIDATION_FAILED.at("/scope", "Either own or all.");
    };
  }
}
