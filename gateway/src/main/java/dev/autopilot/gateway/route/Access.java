package dev.autopilot.gateway.route;

/** Whether a route may be used by whoever has no token. */
public enum Access {
  /** Without a valid token the answer is 401. */
  TOKEN,
  /** Anybody may; a valid token still says who asks, an invalid one is no reason to refuse. */
  PUBLIC
}
