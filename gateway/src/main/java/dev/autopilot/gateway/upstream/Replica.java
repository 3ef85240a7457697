package dev.autopilot.gateway.upstream;

import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One process of a service: how much it has to do, and whether it answers. Shared by all event
 * loops.
 */
final class Replica {
  private final String host;
  private final int port;
  private final boolean tls;
  private final Breaker breaker;
  private final AtomicInteger outstanding = new AtomicInteger();

  Replica(URI address, Breaker breaker) {
    if (address.getHost() == null
        || !(address.getPath() == null || address.getPath().length() < 2)) {
      throw new IllegalArgumentException(
          "autopilot.services: \"" + address + "\" is not an address such as http://host:8081.");
    }
    this.host = address.getHost();
    this.tls = "https".equals(address.getScheme());
    this.port = address.getPort() > 0 ? address.getPort() : tls ? 443 : 80;
    this.breaker = breaker;
  }

  String host() {
    return host;
  }

  int port() {
    return port;
  }

  boolean tls() {
    return tls;
  }

  Breaker breaker() {
    return breaker;
  }

  int outstanding() {
    return outstanding.get();
  }

  void begin() {
    outstanding.incrementAndGet();
  }

  void end() {
    outstanding.decrementAndGet();
  }
}
