package dev.autopilot.gateway.limit;

import io.vertx.core.Future;

/** Counts requests; exact, however many ask at once. */
interface Rations {
  /**
   * Takes one for that principal.
   *
   * @param key the rate class and the principal
   */
  Future<Ration> take(String key, Quota quota);
}
