package dev.autopilot.workflow.definition;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.autopilot.kernel.problem.Problem.FieldError;
import jakarta.validation.constraints.NotNull;
import java.util.List;

/** A definition to look at, and what was found. */
public final class Validation {
  private Validation() {}

  /** The request. */
  public record Request(@NotNull ObjectNode definition) {}

  /**
   * The answer.
   *
   * @param valid whether it could be saved
   * @param problems what is wrong, each with a JSON pointer into the request
   */
  public record Result(boolean valid, List<FieldError> problems) {
    static Result of(List<FieldError> problems) {
      return new Result(problems.isEmpty(), problems);
    }
  }
}
