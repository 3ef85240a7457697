package dev.autopilot.embedded;

/** Somebody else listens on the chosen port; another one may do. */
final class PortTaken extends Exception {
  private static final long serialVersionUID = 1L;

  PortTaken(int port) {
    super("Port " + port + " is taken");
  }
}
