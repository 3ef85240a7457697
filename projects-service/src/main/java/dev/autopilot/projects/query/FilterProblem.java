package dev.autopilot.projects.query;

import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.kernel.problem.ProblemException;

/** What is wrong with a filter, and where. */
final class FilterProblem {
  private FilterProblem() {}

  static ProblemException at(int position, String message) {
    return CommonError.VALIDATION_FAILED.at("/filter", "At character " + position + ": " + message);
  }
}
