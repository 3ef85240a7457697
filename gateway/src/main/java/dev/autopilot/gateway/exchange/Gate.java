package dev.autopilot.gateway.exchange;

import io.vertx.core.Future;

/**
 * One condition of entry. Gates run on the event loop of the connection and must not block; what
 * takes time completes the future later. The usual answers are constants, so that passing costs
 * nothing.
 */
@FunctionalInterface
public interface Gate {
  /** The request may go on. */
  Future<Boolean> PASS = Future.succeededFuture(true);

  /** The gate has answered itself; nothing more is to be done. */
  Future<Boolean> ANSWERED = Future.succeededFuture(false);

  /**
   * @return {@link #PASS}, {@link #ANSWERED} or a future of such a value
   * @throws dev.autopilot.kernel.problem.ProblemException to refuse; a future may fail with it too
   */
  Future<Boolean> admit(Exchange exchange);

  /** Whether there is nothing to wait for: by far the most frequent case. */
  static boolean hasPassed(Future<Boolean> admission) {
    return admission.succeeded() && admission.result();
  }
}
