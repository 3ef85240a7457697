package dev.autopilot.projects.transfer;

import dev.autopilot.kernel.problem.Problem.FieldError;
import dev.autopilot.kernel.problem.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a row of a file didn't become a record.
 *
 * @param field the key of the value that is wrong, null when it is the row
 */
record RowError(long line, @Nullable String field, String message) {
  private static final String VALUES = "/values/";

  static List<RowError> of(long line, ProblemException problem) {
    if (problem.errors().isEmpty()) {
      return List.of(new RowError(line, null, String.valueOf(problem.getMessage())));
    }
    return problem.errors().stream().map(error -> of(line, error)).toList();
  }

  private static RowError of(long line, FieldError error) {
    String key =
        error.pointer().startsWith(VALUES) ? error.pointer().substring(VALUES.length()) : null;
    return new RowError(line, key, error.message());
  }
}
