package dev.autopilot.kernel.problem;

import org.jspecify.annotations.Nullable;

/**
 * Turns a failure of some technology into a refusal that a client understands. A bean of this type
 * is asked for each exception of a cause chain, outermost first.
 */
public interface FailureTranslation {
  /** The refusal, or null when this failure is somebody else's. */
  @Nullable ProblemException translate(Throwable failure);
}
