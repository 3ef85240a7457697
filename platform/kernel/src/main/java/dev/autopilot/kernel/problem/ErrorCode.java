package dev.autopilot.kernel.problem;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A way in which a feature refuses. Each feature has its own enum of these; clients see {@link
 * #code()}, which never changes once published.
 */
public interface ErrorCode {
  /** The HTTP status. */
  int status();

  /** One short sentence, the same for every occurrence. */
  String title();

  /** The constant's name, as every enum has it. */
  String name();

  /** The stable, snake_case code that clients switch on. */
  default String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** This failure, without more to say. */
  default ProblemException problem() {
    return new ProblemException(this, null, List.of());
  }

  /** This failure, with what a person needs to know to mend it. */
  default ProblemException problem(@Nullable String detail) {
    return new ProblemException(this, detail, List.of());
  }

  /** This failure of the thing with that id. */
  default ProblemException about(@Nullable Object id) {
    return problem(title() + ": " + id);
  }

  /** This failure of one value in the request, found at a JSON pointer (RFC 6901). */
  default ProblemException at(String pointer, String message) {
    return new ProblemException(this, message, List.of(new Problem.FieldError(pointer, message)));
  }
}
