package dev.autopilot.dashboard.scope;

import dev.autopilot.kernel.identity.Caller;
import dev.autopilot.kernel.problem.CommonError;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whose rows a request is about. Somebody's, or expressly everybody's: a person who is missing by
 * mistake is refused here, and so never becomes a question without a condition.
 */
public sealed interface Whose {

  /** The rows of one person. */
  record Own(UUID user) implements Whose {
    public Own {
      Objects.requireNonNull(user);
    }
  }

  /** All rows, those of nobody included; only an administrator may ask for them. */
  record Everybodys() implements Whose {}

  /** From {@code ?scope=own|all}; without it, the caller's own. */
  static Whose asked(@Nullable String scope, Caller caller) {
    return switch (scope) {
      case null -> new Own(caller.userId());
      case "own" -> new Own(caller.userId());
      case "all" -> {
        if (!caller.isAdmin()) {
          throw CommonError.FORBIDDEN.problem("Only an admin may ask for everybody's.");
        }
        yield new Everybodys();
      }
      default -> throw CommonError.VALIDATION_FAILED.at("/scope", "Either own or all.");
    };
  }
}
