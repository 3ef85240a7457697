package dev.autopilot.kernel.http;

import java.io.IOException;

/** The host leads to an address that requests on a person's behalf may not reach. */
public final class BlockedAddressException extends IOException {
  private static final long serialVersionUID = 1L;

  BlockedAddressException(String host) {
    super("The host " + host + " leads to an address that may not be reached from here.");
  }
}
