package dev.autopilot.gateway.exchange;

/** Hears of every exchange once, when it is over; on its event loop, so it must be quick. */
public interface Watcher {
  /** The client went away before the answer began (nginx's code for it; it is never sent). */
  int CLIENT_GONE = 499;

  /**
   * @param status what was answered, or {@link #CLIENT_GONE}
   * @param nanos from the request's head to the answer's end
   */
  void over(Exchange exchange, int status, long nanos);
}
